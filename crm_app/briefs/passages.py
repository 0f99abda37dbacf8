"""Passages: a paper of a window as a list of parts, each composed by a function of its own, in the order of the list.

At level 1 a passage's name is the key of domain/paper_sections.py, by which templates know it. One that says nothing
leaves no heading and no number; one without a title belongs to the passage before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from crm_app.briefs.composer import Composer
from crm_app.i18n import _

D_contra = TypeVar("D_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Passage(Generic[D_contra]):
    """A part of a paper: ``title`` (untranslated) heads it with a number, "" leaves it without; ``write`` fills it."""

    name: str
    title: str
    write: Callable[[Composer, D_contra], None]
    level: int = 1


def write(paper: Composer, data: D_contra, passages: Iterable[Passage[D_contra]]) -> None:
    """Append the passages that have something to say."""
    for one in passages:
        if not one.title:
            one.write(paper, data)
            continue
        mark = paper.mark()
        paper.section(_(one.title), one.level, key=one.name)
        begun = len(paper.blocks)
        one.write(paper, data)
        if len(paper.blocks) == begun:
            paper.back_to(mark)

"""Papers of several records in one: each begins a page, a right-hand one where both sides are printed on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

from crm_app.briefs.content import Block, Heading, PageBreak, Paper, Paragraph, Run, Sheet
from crm_app.domain.papers import PAPER_KIND_LABELS, PaperKind
from crm_app.i18n import _, ngettext
from crm_app.progress import Report


def each(make: Callable[[UUID], Paper], ids: Sequence[UUID], report: Report) -> Iterator[Paper]:
    """Yield the papers of the records one after the other, each record once."""
    wanted = list(dict.fromkeys(ids))
    for done, record in enumerate(wanted):
        report(done, len(wanted), _("{n} of {total}").format(n=done + 1, total=len(wanted)))
        yield make(record)


def bound(kind: PaperKind, papers: Sequence[Paper], *, both_sides: bool) -> Paper:
    """Return several papers of one kind as one, in their order; for ``both_sides`` each on a leaf of its own."""
    first = papers[0]
    blocks: list[Block] = []
    for number, one in enumerate(papers):
        if number:
            blocks.append(PageBreak(odd=True))
        blocks.append(Heading(0, one.title))
        if one.subtitle:
            blocks.append(Paragraph((Run(one.subtitle),), align="center"))
        blocks += one.blocks
    words = ngettext("{kind} ({n})", "{kind} ({n})", len(papers))
    title = words.format(kind=_(PAPER_KIND_LABELS[kind]), n=len(papers))
    sheet = Sheet.DUPLEX if both_sides else first.sheet
    return dataclasses.replace(first, title=title, subtitle="", blocks=tuple(blocks), sheet=sheet)


def free_name(folder: Path, name: str, taken: set[str]) -> Path:
    """Return a path for a file of a batch: two records of one name get two files, an older batch is replaced."""
    stem, ending = name.rsplit(".", 1)
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}).{ending}"
    taken.add(free.casefold())
    return folder / free

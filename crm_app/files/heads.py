"""What a table that is written out consists of: a page with its heads and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crm_app.domain.exports import Looks
from crm_app.files.cells import Cell


@dataclass(frozen=True)
class Head:
    """One column: its title, its width in characters of Latin text (None: by what it holds), how numbers look."""

    title: str
    width: int | None = None
    looks: Looks = Looks.PLAIN
    hidden: bool = False


@dataclass(frozen=True)
class Page:
    """One sheet: its name, its columns, and its rows, of which each may be made as it is written."""

    name: str
    heads: Sequence[Head]
    rows: Iterable[Sequence[Cell]]

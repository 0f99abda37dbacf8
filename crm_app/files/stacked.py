"""Tables that stand under one another in one sheet: where the next one begins is told while the rows are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crm_app.files.cells import Cell
from crm_app.files.header_rows import Header, Known, is_header_again, reads_like_header

_MOST_TITLES = 3
"""Rows that may stand between the blank row and the header of the next table: its title, its unit."""

Numbered = tuple[int, Sequence[Cell]]


class OwnRows:
    """The rows that belong to the table below a header; ``next`` is the row in which a further table begins.

    A further table stands below a blank row and has a header of its own; the same header again is a new page.
    """

    def __init__(self, header: Header, known: Known) -> None:
        self._header, self._known = header, known
        self.next: int | None = None

    def of(self, rows: Iterable[Numbered]) -> Iterator[Numbered]:
        """Yield the numbered rows below the header, up to the further table."""
        below_blank = False
        held: list[Numbered] = []
        for numbered in rows:
            row = numbered[1]
            # The fast way out, for there may be 100,000 rows and not one is blank; a row of noughts does no harm.
            blank = not any(row)
            if not below_blank and not blank:
                yield numbered
            elif blank:
                yield from held
                held, below_blank = [], True
                yield numbered
            elif self._begins(row):
                self.next = held[0][0] if held else numbered[0]
                return
            elif len(held) < _MOST_TITLES and sum(map(_filled, row)) <= 2:
                held.append(numbered)
            else:
                yield from held
                held, below_blank = [], False
                yield numbered
        yield from held

    def _begins(self, row: Sequence[Cell]) -> bool:
        filled = [(column, cell) for column, cell in enumerate(row) if _filled(cell)]
        again = all(is_header_again(column, cell, self._header) for column, cell in filled)
        return not again and reads_like_header([cell for _column, cell in filled], self._known)


def _filled(cell: Cell) -> bool:
    return cell not in (None, "")

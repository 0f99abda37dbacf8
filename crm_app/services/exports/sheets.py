"""Rows of the book to a file: read, shown and written block by block, counted on the way, whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat, zip_longest
from pathlib import Path
from typing import Any

from crm_app.db import exports
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.domain.exports import Column, Looks, id_column
from crm_app.domain.fields import Record
from crm_app.domain.projects import StageEntry
from crm_app.errors import BadInput, Refused
from crm_app.files.cells import Cell
from crm_app.files.writing import Head, Page, check_suffix, write_pages
from crm_app.i18n import _
from crm_app.progress import Report, unheard
from crm_app.services.exports.cards import SUFFIXES, export_cards
from crm_app.services.exports.kinds import BESIDE, KINDS, Hanging, columns, hanging
from crm_app.services.exports.noting import note
from crm_app.services.exports.stage_days import as_known


def export(book: Book, kind: str, out_path: Path, *, personal: bool = False, progress: Report = unheard) -> int:
    """Write every row of a kind to .xlsx or .csv and return how many: as many as the book holds.

    Contacts may be cards (.vcf) too, and what has a day a calendar (.ics). Phones are masked, mail and personal notes
    left out, unless ``personal``. The file is whole or not there: raise BadInput for another kind of record or of file,
    Refused where it cannot be written, Cancelled by ``progress``.
    """
    record_type = record_of(kind)
    if out_path.suffix.lower() in SUFFIXES:
        return export_cards(book, kind, out_path, personal=personal)
    check_suffix(out_path, 1)
    with book.read() as reader:
        table = Table(reader, record_type, personal=personal)
        note(book, kind, table.total, personal=personal)
        rows = chain.from_iterable(table.blocks(progress))
        return write_pages(out_path, [Page(_(record_type.label), table.heads, rows)])


def record_of(kind: str) -> type[Record]:
    """Return what a row of a kind is a record of; raise BadInput for what is none."""
    if kind not in KINDS:
        known = _(", ").join(KINDS)
        raise BadInput(_("“{kind}” cannot be exported. Choose one of: {known}.").format(kind=kind, known=known))
    return KINDS[kind]


class Table:
    """The rows of a record type as cells, in the columns of its sheet, and ``more`` of what hangs on them."""

    def __init__(
        self, reader: Reader, record_type: type[Record], *, personal: bool, more: Sequence[Hanging] = ()
    ) -> None:
        self._reader, self._type = reader, record_type
        self._own = columns(record_type, personal=personal)
        if record_type is StageEntry:
            self._own = [as_known(reader, one) if one.sources == ("on",) else one for one in self._own]
        hung = (*hanging(record_type), *more)
        self._hanging = [(one, exports.hanging(reader, one.record_type, one.parent, one.paths)) for one in hung]
        self._id = id_column()
        self.total, self._filled = exports.count(reader, record_type, BESIDE.get(record_type))

    @property
    def heads(self) -> list[Head]:
        """The heads of the columns, the id's at last."""
        found = [_head(column) for column in self._own]
        found += [
            Head(title, None, looks)
            for one, _read in self._hanging
            for title, looks in zip_longest(one.titles, one.looks, fillvalue=Looks.PLAIN)
        ]
        return [*found, _head(self._id)]

    def blocks(self, progress: Report) -> Iterator[Iterable[Sequence[Cell]]]:
        """Yield the rows of every living record, in order of entry; raise Refused where they are not all the rows."""
        read = [column for column in self._own if self._is_filled(column)]
        paths = [path for column in read for path in column.sources]
        done = 0
        for block in exports.whole(self._reader, self._type, paths, BESIDE.get(self._type)):
            progress(done, self.total, _("Writing the rows"))
            yield self._shown(block, read)
            done += len(block)
        if done != self.total:
            raise Refused(
                _("{n} rows were read where the book holds {total}: nothing was written. Check the book.").format(
                    n=done, total=self.total
                )
            )

    def _is_filled(self, column: Column) -> bool:
        """Say whether some row may have something in a column; what nobody filled in is not read."""
        return any(":" in path or path.partition(".")[0] in self._filled for path in column.sources)

    def _shown(self, block: Sequence[Sequence[Any]], read: Sequence[Column]) -> Iterator[Sequence[Cell]]:
        """Turn a block by its columns: each is shown by one function from beginning to end."""
        ids, *stored = zip(*block, strict=True)
        shown: list[Iterable[Cell]] = []
        for column in self._own:
            if column in read:
                shown.append(column.cells(stored[: len(column.sources)]))
                del stored[: len(column.sources)]
            else:
                shown.append(repeat(None, len(ids)))
        for one, read_hanging in self._hanging:
            shown += _hung(one, read_hanging(ids[0], ids[-1]), ids)
        return zip(*shown, self._id.cells([ids]), strict=True)


def _hung(one: Hanging, rows: Sequence[Sequence[Any]], ids: Sequence[bytes]) -> list[Iterable[Cell]]:
    """Return the columns made of what hangs on some rows."""
    of: dict[bytes, list[Sequence[Any]]] = defaultdict(list)
    for owner, *values in rows:
        of[owner].append(values)
    if not of:
        return [repeat(None, len(ids)) for _title in one.titles]
    nothing = one.show([])
    return list(zip(*(one.show(of[row]) if row in of else nothing for row in ids), strict=True))


def _head(column: Column) -> Head:
    return Head(column.title, None, column.looks, column.hidden)

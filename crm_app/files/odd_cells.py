"""Cells of an .xlsx that are not written as most are: the library is asked what they hold, in small workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineSheet, CalamineWorkbook

from crm_app.files.shared_texts import Unusual

TEXTS = "xl/sharedStrings.xml"
END = b"</sheetData>"
PLACE = re.compile(rb'(?<=\s)r="([A-Z]{1,3})[0-9]+"')
_REMEMBERED = 50_000


class Judge:
    """Small workbooks with the styles of a file: what the library reads in them it would read in the file."""

    def __init__(self, parts: dict[str, bytes], sheet: str, head: bytes) -> None:
        self._parts, self._sheet, self._head = parts, sheet, head
        self._known: dict[bytes, Any] = {}

    def workbook(
        self, rows: bytes, tail: bytes = END + b"</worksheet>", texts: Sequence[bytes] = ()
    ) -> CalamineWorkbook:
        """Return a workbook with these rows and shared texts, as XML."""
        content = BytesIO()
        with ZipFile(content, "w") as packed:
            for name, part in self._parts.items():
                packed.writestr(name, part)
            packed.writestr(self._sheet, self._head + rows + tail)
            namespace = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            packed.writestr(TEXTS, namespace + b"".join(texts) + b"</sst>")
        content.seek(0)
        return CalamineWorkbook.from_filelike(content)

    def judged(self, cells: Sequence[bytes], texts: dict[bytes, bytes]) -> list[Any]:
        """Return what cells hold; ``texts`` are the shared ones of those that stand for one."""
        if len(self._known) > _REMEMBERED:
            self._known = {}
        asked = list(dict.fromkeys(cell for cell in cells if cell not in self._known))
        if asked:
            self._known.update(zip(asked, self._read(asked, texts), strict=True))
        return [self._known[cell] for cell in cells]

    def _read(self, cells: Sequence[bytes], texts: dict[bytes, bytes]) -> Iterator[Any]:
        shared, rows = list[bytes](), list[bytes]()
        for number, cell in enumerate(cells, 1):
            if cell in texts:
                body = b'<c r="A%d" t="s"><v>%d</v></c>' % (number, len(shared))
                shared.append(texts[cell])
            else:
                body, found = PLACE.subn(b'r="A%d"' % number, cell, count=1)
                if not found:
                    raise Unusual
            # A number beside it keeps the rows whose cell holds nothing.
            rows.append(b'<row r="%d">%b<c r="B%d"><v>1</v></c></row>' % (number, body, number))
        sheet: CalamineSheet = self.workbook(b"".join(rows), texts=shared).get_sheet_by_index(0)
        return (row[0] if len(row) > 1 else None for row in sheet.iter_rows())

"""Reads tables of untrusted files through the reader child; whatever the file does to it becomes a sentence."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crm_app.errors import BadInput
from crm_app.files import asking
from crm_app.files.cells import CARDS, MOST_COLUMNS, TEXTS, WORKBOOKS, SheetRows, from_json
from crm_app.i18n import N_, _

SUFFIXES = (*WORKBOOKS, *TEXTS, *CARDS)
"""What can be read, by the end of the file's name."""

MOST_CELLS = 20_000_000

_SENTENCES = {
    "extension": N_("“{name}” is no table this program reads. Save it as .xlsx or .csv and try again."),
    "empty": N_("“{name}” is empty."),
    "not_text": N_("“{name}” is a workbook with the name of a text file. Rename it to .xlsx or .xls and try again."),
    "not_a_workbook": N_(
        "“{name}” is not a workbook, whatever its name says. Open it in a spreadsheet, save it as .xlsx and try again."
    ),
    "password": N_("“{name}” is protected by a password. Open it in a spreadsheet, save it without one and try again."),
    "encoding": N_(
        "The encoding of “{name}” is none that is known. Choose another, or save it as .xlsx and try again."
    ),
    "no_card": N_("“{name}” holds no contact and no calendar entry. Export it anew as .vcf or .ics."),
    "damaged": N_("“{name}” is damaged or incomplete. Ask for it again, or open it in a spreadsheet and save it anew."),
    "endless": N_(
        "Line {row} of “{name}” holds a cell of more than a million characters. Shorten it, or close an open quote."
    ),
    "unreadable": N_("“{name}” cannot be opened. Close it in other programs and try again."),
    "too_big": N_("“{name}” is too large to be read. Split it into several files."),
    "too_many_bytes": N_(
        "“{name}” is larger than {limit} MB. Every row stays in memory until it is looked at and imported, "
        "and so many have no room there. Split it into files below {limit} MB and import one after another."
    ),
    "too_wide": N_("“{name}” has more columns than any spreadsheet. Leave those out that hold nothing, and try again."),
    "too_long": N_("Reading “{name}” took too long and was stopped. Split it into several files."),
    "died": N_(
        "“{name}” could not be read: the file is damaged, or made to do harm. Ask for it again as .xlsx or .csv."
    ),
    "bug": N_(
        "“{name}” could not be read: it holds something the program did not expect. Save it anew as .xlsx or .csv and "
        "try again. Where the program stopped is noted in its log."
    ),
}


def read_tables(
    path: Path,
    *,
    cancel: Callable[[], None] | None = None,
    seconds: float = asking.SECONDS,
    memory: int = asking.MEMORY,
) -> list[SheetRows]:
    """Return the sheets of a file that hold anything.

    ``cancel`` is called several times a second and raises to stop. Raises BadInput with a sentence for whatever is
    wrong with the file: its kind, a password, damage, its size, or that it killed the child.
    """
    check(path)
    gathered = _Gathered(path)
    request = {"do": "tables", "path": str(path.resolve())}
    try:
        with contextlib.closing(asking.ask(request, cancel=cancel, seconds=seconds, memory=memory)) as answers:
            for frame in answers:
                gathered.take(frame)
    except asking.Trouble as error:
        raise trouble(str(error), path) from error
    return gathered.sheets()


def check(path: Path, content: bytes | None = None) -> None:
    """Raise BadInput for a file that is not even opened: it is not there, of another kind, or too large.

    ``content`` is the text of a table that lies in no file, such as a pasted one; the path only names it.
    """
    if content is None and not path.is_file():
        raise BadInput(_("There is no file {path}.").format(path=path))
    if path.suffix.lower() not in (SUFFIXES if content is None else TEXTS):
        raise trouble("extension", path)
    if (path.stat().st_size if content is None else len(content)) > asking.LARGEST_FILE:
        raise trouble("too_many_bytes", path)


def trouble(code: str, path: Path) -> BadInput:
    """Return the sentence for what the child says is wrong with a file."""
    kind, _colon, row = code.partition(":")
    limit = asking.LARGEST_FILE // 1024**2
    return BadInput(_(_SENTENCES.get(kind, _SENTENCES["died"])).format(name=path.name, row=row, limit=limit))


class _Gathered:
    """The answers so far, each checked: what the child says is as untrusted as the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sheets: list[SheetRows] = []
        self._cells = 0

    def take(self, frame: Any) -> None:
        """Take one frame; raise BadInput."""
        try:
            self._take(frame)
        except (ValueError, TypeError, OverflowError) as error:
            raise trouble("died", self._path) from error

    def _take(self, frame: Any) -> None:
        match frame:
            case {"sheet": str(name), "merges": list(merges), **about}:
                blocks = [(int(a), int(b), int(c), int(d)) for a, b, c, d in merges]
                self._sheets.append(SheetRows(name, [], blocks, str(about.get("encoding", ""))))
            case {"rows": list(rows)} if self._sheets:
                # An empty row takes room too.
                self._cells += len(rows) + sum(map(len, rows))
                if self._cells > MOST_CELLS or any(len(row) > MOST_COLUMNS for row in rows):
                    raise trouble("too_big", self._path)
                self._sheets[-1].rows.extend([from_json(cell) for cell in row] for row in rows)
            case _:
                raise trouble("died", self._path)

    def sheets(self) -> list[SheetRows]:
        """Return the sheets that hold anything; raise BadInput where none does."""
        full = [sheet for sheet in self._sheets if any(cell is not None for row in sheet.rows for cell in row)]
        if not full:
            raise trouble("empty", self._path)
        return full

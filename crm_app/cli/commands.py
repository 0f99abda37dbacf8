"""Every command with its help. The file that says what it does is loaded for the command that is asked for alone.

All together they load every library of the program: half of the time of a short command.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from crm_app.collecting import uncollected
from crm_app.i18n import N_

if TYPE_CHECKING:
    from crm_app.cli.command import Handler


@dataclass(frozen=True)
class Command:
    """One command: its name, the file of its group (``HANDLERS`` there), and its help, marked for the catalogue."""

    name: str
    group: str
    help: str
    needs_book: bool = True

    def handler(self) -> Handler:
        """Load what the command does."""
        with uncollected():
            handlers: dict[str, Handler] = import_module(f"crm_app.cli.{self.group}").HANDLERS
        return handlers[self.name]


COMMANDS = (
    Command("new", "book", N_("make a new book"), needs_book=False),
    Command(
        "check",
        "book",
        N_(
            "check the book: pages, references, journal, index, attachments; --repair salvages a damaged one, "
            "--rebuild-index makes the search index anew"
        ),
        needs_book=False,
    ),
    Command("backup", "book", N_("copy the book, and check the copy")),
    Command("restore", "book", N_("put a copy in the book's place; the book as it was is kept"), needs_book=False),
    Command("undo", "changes", N_("take back the last change, or an earlier step, and say which")),
    Command("redo", "changes", N_("do again what was undone last, or an earlier step, and say which")),
    Command("changes", "changes", N_("list the steps the book was written in, newest first")),
    Command("protect", "protection", N_("give the book a password, and print its recovery key once")),
    Command("unprotect", "protection", N_("take the password off the book")),
    Command("passphrase", "protection", N_("change the password of the book")),
    Command("recovery", "protection", N_("print another recovery key; the one before opens nothing any more")),
    Command("log", "records", N_("log a lead and print its id")),
    Command("show", "records", N_("show one record")),
    Command("history", "records", N_("show the changes of one record")),
    Command("search", "records", N_("find records by any two characters, initials, pinyin or digits")),
    Command("duplicates", "duplicates", N_("list enterprises that may be one, and why")),
    Command("merge", "duplicates", N_("merge enterprises into one; undo takes it back")),
    Command(
        "import", "sheets", N_("read ledgers (.xlsx, .xls, .csv…), contacts (.vcf) or a calendar (.ics) into the book")
    ),
    Command(
        "export", "sheets", N_("write every row of a kind to .xlsx or .csv, contacts to .vcf, what has a day to .ics")
    ),
    Command("figures", "figures", N_("every figure of a window, with the rows it stands on")),
    Command("notice", "notices", N_("read a superior's ranking notice (.txt, .docx), sentence by sentence")),
    Command("brief", "papers", N_("write a paper as PDF or for Word")),
    Command("reconcile", "reconcile", N_("look a paper through before it is issued")),
    Command("erase", "erasing", N_("erase a person's data, as approved; this is not undone")),
)
"""In the order of the help; ``open`` and ``tour`` need the window and are dispatched by app.py."""

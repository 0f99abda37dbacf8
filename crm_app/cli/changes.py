"""undo, redo, changes: commands on the steps the book was written in."""

from __future__ import annotations

import argparse

from crm_app import clock
from crm_app.cli.command import Handler, json_flag, print_json
from crm_app.domain.records import RECORDS
from crm_app.i18n import N_, _
from crm_app.services import book as services
from crm_app.services import changes
from crm_app.services.book import Book
from crm_app.services.changes import Standing, UnitLine

_STANDINGS = {Standing.STANDS: "", Standing.UNDONE: N_("undone"), Standing.FINAL: N_("never undone")}


def _step_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", type=int, metavar="N", help=_("an earlier step, by its number in “changes”"))


def _undo(book: Book, arguments: argparse.Namespace) -> int:
    done = services.undo(book) if arguments.unit is None else changes.undo_unit(book, arguments.unit)
    print(done.label)
    return 0


def _redo(book: Book, arguments: argparse.Namespace) -> int:
    done = services.redo(book) if arguments.unit is None else changes.redo_unit(book, arguments.unit)
    print(done.label)
    return 0


def _changes_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=int, default=20, help=_("the most that are printed"))
    json_flag(parser)


def _changes(book: Book, arguments: argparse.Namespace) -> int:
    lines = changes.list_units(book, limit=arguments.limit)
    if arguments.json:
        print_json(
            [
                {
                    "n": line.n,
                    "at": line.at,
                    "who": line.who,
                    "label": line.label,
                    "standing": line.standing.value,
                    "undoes": line.undoes,
                    "rows": dict(line.counts),
                }
                for line in lines
            ]
        )
        return 0
    for line in lines:
        print(_in_words(line))
    return 0


def _in_words(line: UnitLine) -> str:
    when = f"{clock.local(line.at):%Y-%m-%d %H:%M}"
    rows = _(", ").join(f"{_(RECORDS[table].label)} {n}" for table, n in line.counts.items())
    standing = _STANDINGS[line.standing]
    told = (str(line.n), when, line.who, line.label, rows, _(standing) if standing else "")
    return "  ".join(word for word in told if word)


HANDLERS = {
    "undo": Handler(_step_argument, _undo),
    "redo": Handler(_step_argument, _redo),
    "changes": Handler(_changes_arguments, _changes),
}

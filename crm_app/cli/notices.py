"""notice: a superior's ranking notice read sentence by sentence; the bureau's own places are kept where one asks."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from crm_app.cli.command import Handler, json_flag, print_json
from crm_app.domain import import_achieved
from crm_app.domain.counting import Window
from crm_app.domain.import_achieved import Announced
from crm_app.domain.targets import METRIC_LABELS, shown
from crm_app.i18n import _, ngettext
from crm_app.services import figures, notices
from crm_app.services.book import Book
from crm_app.services.notices import Found


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a text (.txt) or a Word document (.docx)"))
    parser.add_argument("--keep", action="store_true", help=_("enter the places that are surely the bureau's own"))
    parser.add_argument("--board", default="", help=_("what the board is called, where the notice has no title"))
    json_flag(parser)


def _notice(book: Book, arguments: argparse.Namespace) -> int:
    found = notices.read(book, notices.read_file(arguments.file))
    own = [_values(one, arguments.board) for one in found if one.ours and one.statement.rank is not None]
    kept = notices.keep(book, own).value if arguments.keep and own else []
    if arguments.json:
        print_json({"statements": [_plain(one) for one in found], "kept": kept})
        return 0
    for one in found:
        print(_told(book, one))
    if not found:
        print(_("No sentence of it tells a figure or a place."), file=sys.stderr)
    if arguments.keep:
        print(ngettext("{n} ranking kept.", "{n} rankings kept.", len(kept)).format(n=len(kept)))
    return 0


def _values(one: Found, board: str) -> dict[str, Any]:
    return one.values | ({"board": board} if board else {})


def _told(book: Book, one: Found) -> str:
    """Return a statement in a line: who, what, in which place, and beside it the book's own figure."""
    told = one.statement
    what = _(METRIC_LABELS[told.metric]) if told.metric else _("The board as a whole")
    if told.rank is not None:
        place = _("number {rank}").format(rank=told.rank)
    else:
        place = _("“{words}” is no number").format(words=told.vague) if told.vague else _("no place")
    words = _("{who} · {period} · {what} {value} · {place}").format(
        who=told.who or _("nobody named"),
        period=told.period or _("no period"),
        what=what,
        value=shown(told.metric, told.value) if told.metric and told.value is not None else "",
        place=place,
    )
    if not (one.ours and told.metric and told.value is not None and told.first and told.last):
        return words
    own = figures.own_values(book, [(told.metric, Window(told.first, told.last))])[0]
    announced = Announced(told.metric, told.first, told.last, told.value)
    return _("{what}: {beside}").format(what=words, beside=import_achieved.beside(announced, own))


def _plain(one: Found) -> dict[str, Any]:
    told = one.statement
    return {
        "who": told.who,
        "ours": one.ours,
        "metric": told.metric.value if told.metric else None,
        "value": told.value,
        "period": told.period,
        "from": told.first.isoformat() if told.first else None,
        "to": told.last.isoformat() if told.last else None,
        "group": told.group,
        "rank": told.rank,
        "of": told.of,
        "vague": told.vague,
        "source": told.source,
    }


HANDLERS = {
    "notice": Handler(_arguments, _notice),
}

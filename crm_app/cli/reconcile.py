"""reconcile: a paper looked through before it is issued; what a final one would say otherwise today."""

from __future__ import annotations

import argparse

from crm_app.cli.command import Handler, json_flag, print_json
from crm_app.cli.papers import ask_what, asked_for
from crm_app.domain.papers import POINT_KIND_LABELS, Point
from crm_app.i18n import _
from crm_app.services import papers
from crm_app.services.book import Book


def _arguments(parser: argparse.ArgumentParser) -> None:
    ask_what(parser)
    json_flag(parser)


def _reconcile(book: Book, arguments: argparse.Namespace) -> int:
    kind, asked = asked_for(arguments)
    kept = papers.kept_for(book, kind, asked)
    points = papers.reconcile(book, kind, asked, papers.compose(book, kind, asked), kept)
    if arguments.json:
        print_json(
            {
                "kind": kind.value,
                "paper": kept.id if kept else None,
                "ready": not any(point.bars for point in points),
                "points": [_plain(point) for point in points],
            }
        )
        return 0
    for point in points:
        state = _("right") if point.right else _("answered") if point.reason else _("to look at")
        print(
            _("{kind} · {state} · {text}").format(kind=_(POINT_KIND_LABELS[point.kind]), state=state, text=point.text)
        )
    return 0


def _plain(point: Point) -> dict[str, object]:
    return {
        "kind": point.kind.value,
        "key": point.key,
        "text": point.text,
        "state": "right" if point.right else "answered" if point.reason else "to_look_at",
        "bars": point.bars,
        "reason": point.reason,
        "rows": list(point.rows),
    }


HANDLERS = {
    "reconcile": Handler(_arguments, _reconcile),
}

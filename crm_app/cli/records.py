"""log, show, history, search: commands on single records."""

from __future__ import annotations

import argparse
import sys
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.cli import late
from crm_app.cli.command import Handler, json_flag, print_json
from crm_app.domain import amounts, phones
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import plain
from crm_app.domain.likeness import SIGN_LABELS
from crm_app.i18n import _
from crm_app.services import book as services
from crm_app.services import leads, search
from crm_app.services.book import Book

_MOST_WARNED = 3


def _log_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("the enterprise, made where there is none of that name"))
    parser.add_argument("--contact", default="", help=_("a person there, such as 张总 董事长"))
    parser.add_argument("--phone", help=_("of that person"))
    parser.add_argument("--note", default="", help=_("what was said"))
    parser.add_argument("--amount", help=_("such as about 300-500 million"))
    parser.add_argument("--next", default="", help=_("such as next Wed call back"))
    json_flag(parser)


def _log(book: Book, arguments: argparse.Namespace) -> int:
    asked = leads.LogLead(
        name=arguments.name,
        contact=arguments.contact,
        phone=phones.parse(arguments.phone) if arguments.phone else None,
        note=arguments.note,
        intent=amounts.parse_range(arguments.amount) if arguments.amount else None,
        next_step=arguments.next,
    )
    done = leads.log_lead(book, asked)
    logged = done.value
    if done.changes.touches(Enterprise.table):
        _warn(book, asked, logged.enterprise_id)
    if arguments.json:
        print_json(
            {
                "id": logged.lead_id,
                "enterprise": logged.enterprise_id,
                "contact": _text(logged.contact_id),
                "task": _text(logged.task_id),
            }
        )
    else:
        print(logged.lead_id)
    return 0


def _warn(book: Book, asked: leads.LogLead, made: UUID) -> None:
    """Say which enterprises of the book the new one may be, and why."""
    for one in late.duplicates().suggest(book, asked.name, phone=asked.phone, but=made)[:_MOST_WARNED]:
        signs = _(", ").join(_(SIGN_LABELS[evidence.sign]) for evidence in one.likeness.evidence)
        words = _("It may be “{name}”, which is in the book ({signs}); merge {winner} {loser} makes them one.")
        print(words.format(name=one.name, signs=signs, winner=one.id, loser=made), file=sys.stderr)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help=_("as “search” prints it"))
    json_flag(parser)


def _show(book: Book, arguments: argparse.Namespace) -> int:
    record = services.find_record(book, arguments.id)
    shown = services.shown(book, record)
    if arguments.json:
        document = {"kind": record.table, "id": record.id, "deleted": record.deleted_at is not None}
        print_json({**document, "fields": plain(record), "shown": shown})
        return 0
    print(f"{_(record.label)} {record.id}")
    for name, text in shown.items():
        if not record.field(name).derived:
            print(f"  {record.field(name).title}: {text}")
    return 0


def _history(book: Book, arguments: argparse.Namespace) -> int:
    record = services.record_of_id(book, arguments.id)
    changes = services.changes_of(book, record)
    if arguments.json:
        print_json(
            [{"at": c.at, "who": c.who, "unit": c.label, "field": c.field, "old": c.old, "new": c.new} for c in changes]
        )
        return 0
    for change in changes:
        when = f"{clock.local(change.at):%Y-%m-%d %H:%M}"
        what = f"{change.field}: {change.old} → {change.new}" if change.field else _("made")
        print(f"{when}  {change.who}  {change.label}  {what}")
    return 0


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", help=_("two characters, initials, pinyin, a piece of a number"))
    parser.add_argument(
        "--kind", default="", help=_("of this kind alone: {known}").format(known=", ".join(search.KINDS))
    )
    parser.add_argument("--limit", type=int, default=20, help=_("the most that are printed"))
    json_flag(parser)


def _search(book: Book, arguments: argparse.Namespace) -> int:
    hits = search.search(book, arguments.query, kind=arguments.kind, limit=arguments.limit)
    if arguments.json:
        print_json([{"kind": hit.table, "id": hit.id, "title": hit.title, "matched": hit.matched} for hit in hits])
        return 0
    for hit in hits:
        print(f"{hit.id}  {hit.table}  {hit.title}")
    if not hits:
        print(_("Nothing was found. Try fewer words."), file=sys.stderr)
    return 0


HANDLERS = {
    "log": Handler(_log_arguments, _log),
    "show": Handler(_show_arguments, _show),
    "history": Handler(_show_arguments, _history),
    "search": Handler(_search_arguments, _search),
}

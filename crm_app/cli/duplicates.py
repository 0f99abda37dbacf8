"""duplicates, merge: the same enterprise once, at the command line."""

from __future__ import annotations

import argparse
from typing import Any
from uuid import UUID

from crm_app.cli.command import Handler, json_flag, print_json
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.likeness import SIGN_LABELS, VERDICT_LABELS
from crm_app.domain.records import RECORDS
from crm_app.errors import BadInput
from crm_app.i18n import _, ngettext
from crm_app.services import book as services
from crm_app.services import duplicates, merging
from crm_app.services.book import Book
from crm_app.services.duplicates import Group, Likeness
from crm_app.services.merging import Preview


def _duplicates_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=int, default=50, help=_("how many groups to tell, surest first"))
    json_flag(parser)


def _duplicates(book: Book, arguments: argparse.Namespace) -> int:
    found = duplicates.scan(book)
    told = found.groups[: arguments.limit]
    if arguments.json:
        groups = [_group(group) for group in told]
        print_json({"compared": found.compared, "found": len(found.groups), "groups": groups})
        return 0
    for group in told:
        print(f"{group.best.score:>3}  {_(VERDICT_LABELS[group.best.verdict])}")
        for row, title in zip(group.members, group.titles, strict=True):
            print(f"     {row}  {title}")
        for evidence in group.best.evidence:
            print(f"     {_(SIGN_LABELS[evidence.sign])}: {evidence.one} | {evidence.other}")
    words = ngettext(
        "{n} group, {compared} enterprises compared", "{n} groups, {compared} enterprises compared", len(found.groups)
    )
    print(words.format(n=len(found.groups), compared=found.compared))
    return 0


def _group(group: Group) -> dict[str, Any]:
    return {
        **_likeness(group.best),
        "members": [{"id": row, "name": title} for row, title in zip(group.members, group.titles, strict=True)],
        "pairs": [
            {"one": pair.one, "other": pair.other, **_likeness(pair.likeness), "evidence": _evidence(pair.likeness)}
            for pair in group.pairs
        ],
    }


def _likeness(likeness: Likeness) -> dict[str, Any]:
    return {"verdict": likeness.verdict.value, "score": likeness.score}


def _evidence(likeness: Likeness) -> list[dict[str, Any]]:
    return [
        {"sign": one.sign.value, "one": one.one, "other": one.other, "weight": one.weight} for one in likeness.evidence
    ]


def _merge_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("winner", metavar="WINNER", help=_("the id of the enterprise that stays"))
    parser.add_argument("losers", metavar="LOSER", nargs="+", help=_("the ids of those that go into it"))
    parser.add_argument("--dry-run", action="store_true", help=_("tell what would happen and change nothing"))
    json_flag(parser)


def _merge(book: Book, arguments: argparse.Namespace) -> int:
    winner, *losers = (_enterprise(book, text) for text in (arguments.winner, *arguments.losers))
    shown = merging.preview(book, winner, losers)
    unit = None if arguments.dry_run else merging.merge(book, winner, losers).changes.unit
    if arguments.json:
        print_json(
            {
                "winner": winner,
                "losers": losers,
                "unit": unit,
                "moved": dict(shown.moves),
                "joined": len(shown.joins),
                "contacts": len(shown.people),
                "names": [{"name": name, "kind": kind.value} for name, kind in shown.names],
            }
        )
        return 0
    for line in _told(shown):
        print(line)
    return 0


def _enterprise(book: Book, text: str) -> UUID:
    found = services.record_of_id(book, text)
    if not isinstance(found, Enterprise):
        raise BadInput(_("“{text}” is not the id of an enterprise.").format(text=text))
    return found.id


def _told(shown: Preview) -> list[str]:
    winner, *losers = shown.members
    names = _(", ").join(one.name for one in losers)
    told = [_("Merge {losers} into {winner}").format(losers=names, winner=winner.name)]
    if shown.codes:
        told.append(_("They carry different credit codes: look again whether they are one enterprise."))
    told += [
        f"  {line.title}: {line.shown[[one.id for one in shown.members].index(line.kept)]}"
        for line in shown.fields
        if line.differs
    ]
    told += [f"  {_(RECORDS[table].label)} {n}" for table, n in shown.moves.items()]
    return told + [f"  {sentence}" for sentence in (*shown.joins, *shown.people)]


HANDLERS = {
    "duplicates": Handler(_duplicates_arguments, _duplicates),
    "merge": Handler(_merge_arguments, _merge),
}

"""import, export: ledgers in and out."""

from __future__ import annotations

import argparse
from dataclasses import asdict, fields
from pathlib import Path

from crm_app.cli.command import Command, json_flag, print_json
from crm_app.errors import BadInput
from crm_app.i18n import N_, _, ngettext
from crm_app.services import exports, imports
from crm_app.services.book import Book
from crm_app.services.imports import ImportPlan, ImportResult

IMPORTS = (
    "auto",
    "enterprises",
    "contacts",
    "leads",
    "trips",
    "visits",
    "follow_ups",
    "projects",
    "signings",
    "funds",
    "stages",
    "targets",
)
"""Every kind of the contract; those that :data:`imports.KINDS` lacks say so."""


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--kind", choices=IMPORTS, default="auto")
    parser.add_argument("--dry-run", action="store_true", help=_("say what would be done, and do nothing"))
    parser.add_argument("--rejects", type=Path, metavar="OUT", help=_("write the wrong rows here, with the reasons"))
    json_flag(parser)


def _import(book: Book, arguments: argparse.Namespace) -> int:
    if arguments.kind not in imports.KINDS:
        raise BadInput(
            _("Ledgers of {kind} cannot be imported yet. Possible now: {known}.").format(
                kind=arguments.kind, known=_(", ").join(imports.KINDS)
            )
        )
    # Everything that can be refused is, before the first row is written.
    plans = [imports.plan(book, path, arguments.kind) for path in arguments.files]
    if arguments.rejects:
        imports.write_rejects(plans, arguments.rejects)
    total = _sum([plan.result for plan in plans] if arguments.dry_run else _apply(book, plans, arguments))
    if arguments.json:
        print_json(asdict(total))
    else:
        _tell(total)
        for sentence in (sentence for plan in plans for sentence in plan.skipped):
            print(sentence)
    return 0


def _apply(book: Book, plans: list[ImportPlan], arguments: argparse.Namespace) -> list[ImportResult]:
    """Write one file after the other; a later one is planned anew, because the one before changed the book."""
    results = [imports.apply(book, plans[0]).value]
    for path in arguments.files[1:]:
        results.append(imports.apply(book, imports.plan(book, path, arguments.kind)).value)
    return results


def _sum(results: list[ImportResult]) -> ImportResult:
    sums = {field.name: sum(getattr(one, field.name) for one in results) for field in fields(ImportResult)}
    return ImportResult(**{**sums, "seconds": round(sums["seconds"], 3)})


def _tell(total: ImportResult) -> None:
    print(
        _(
            "{read} rows: {created} new, {updated} updated, {unchanged} unchanged, {rejected} rejected; "
            "{possible_duplicates} of the new ones may be duplicates."
        ).format(**asdict(total))
    )


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help=_("one of: {known}").format(known=", ".join(exports.KINDS)))
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument(
        "--personal", action="store_true", help=_("with whole phone numbers, mail and personal notes; this is noted")
    )


def _export(book: Book, arguments: argparse.Namespace) -> int:
    n = exports.export(book, arguments.kind, arguments.out, personal=arguments.personal)
    print(ngettext("{n} row written to {path}.", "{n} rows written to {path}.", n).format(n=n, path=arguments.out))
    return 0


COMMANDS = (
    Command(
        "import",
        N_("read a ledger (.xlsx, .xls, .csv), contacts (.vcf) or a calendar (.ics) into the book"),
        _import_arguments,
        _import,
    ),
    Command("export", N_("write every row of a kind to .xlsx or .csv"), _export_arguments, _export),
)

"""import, export: ledgers in and out."""

from __future__ import annotations

import argparse
from dataclasses import asdict, fields, replace
from itertools import chain
from pathlib import Path

from crm_app.cli import import_told
from crm_app.cli.command import Handler, json_flag, print_json
from crm_app.cli.how_far import telling
from crm_app.i18n import _, ngettext
from crm_app.progress import Report
from crm_app.services import exports, imports
from crm_app.services.book import Book
from crm_app.services.imports import Choices, DayOrder, ImportPlan, ImportResult, Policy, SheetChoice


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help=_("they are written together or not at all")
    )
    parser.add_argument(
        "--kind", choices=imports.KINDS, default="auto", help=_("what the sheets hold, where it is not seen")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("say what would be done, and do nothing"))
    parser.add_argument("--rejects", type=Path, metavar="OUT", help=_("write the wrong rows here, with the reasons"))
    parser.add_argument("--encoding", default="", help=_("of a text file, where the one that is found is wrong"))
    parser.add_argument(
        "--day-order",
        choices=[order.value for order in DayOrder],
        help=_("how days are written where 03/04/2023 could be two: d day, m month, y year"),
    )
    parser.add_argument(
        "--policy",
        choices=[policy.value for policy in Policy],
        default=Policy.TAKE.value,
        help=_("whose word counts where the book says otherwise: the file's, the book's, or the file's in blanks only"),
    )
    json_flag(parser)


def _import(book: Book, arguments: argparse.Namespace) -> int:
    with telling() as told:
        plans = _take_in(book, arguments, told)
    total = _sum([plan.result for plan in plans])
    if arguments.rejects and len(plans) > 1:
        # A file may mean what one before it has brought: other rows are wrong than were before.
        imports.write_rejects(plans, arguments.rejects)
    if arguments.json:
        print_json(asdict(total))
    else:
        _tell(total)
        asides = (chain(import_told.asides(plan), import_told.beside(book, plan)) for plan in plans)
        for sentence in chain(import_told.rows(plans, every=arguments.dry_run), *asides):
            print(sentence)
    return 0


def _take_in(book: Book, arguments: argparse.Namespace, report: Report) -> list[ImportPlan]:
    if _at_once(arguments):
        choices = Choices(encoding=arguments.encoding, policy=Policy(arguments.policy))
        return [imports.take(book, arguments.files[0], arguments.kind, choices=choices, progress=report).value]
    # Everything that can be refused is, before the first row is written.
    plans = [_plan(book, path, arguments, report) for path in arguments.files]
    if arguments.rejects:
        imports.write_rejects(plans, arguments.rejects)
    if len(plans) > 1 or not arguments.dry_run:
        return imports.apply_all(book, plans, report, keep=not arguments.dry_run).value
    return plans


def _at_once(arguments: argparse.Namespace) -> bool:
    """Say whether rows may be written while the file is still read: nothing that comes later can be refused."""
    asked = arguments.dry_run or arguments.day_order or arguments.rejects
    return len(arguments.files) == 1 and not asked


def _plan(book: Book, path: Path, arguments: argparse.Namespace, report: Report) -> ImportPlan:
    """Plan a file as the options say; days that can be read in several orders are read in the one that is given."""
    choices = Choices(encoding=arguments.encoding, policy=Policy(arguments.policy))
    plan = imports.plan(book, path, arguments.kind, choices=choices, progress=report)
    open_questions = {sheet.name: sheet.day_questions for sheet in plan.sheets if sheet.day_questions}
    if not arguments.day_order or not open_questions:
        return plan
    sheets = dict(plan.choices.sheets)
    for name, questions in open_questions.items():
        orders = {one.column: DayOrder(arguments.day_order) for one in questions}
        sheets[name] = replace(sheets.get(name, SheetChoice()), day_orders=orders)
    return imports.plan(book, path, arguments.kind, choices=replace(plan.choices, sheets=sheets), progress=report)


def _sum(results: list[ImportResult]) -> ImportResult:
    sums = {field.name: sum(getattr(one, field.name) for one in results) for field in fields(ImportResult)}
    return ImportResult(**{**sums, "seconds": round(sums["seconds"], 3)})


def _tell(total: ImportResult) -> None:
    print(
        ngettext(
            "{read} row: {created} new, {updated} updated, {unchanged} unchanged, {rejected} rejected; "
            "{possible_duplicates} of the new ones may be duplicates.",
            "{read} rows: {created} new, {updated} updated, {unchanged} unchanged, {rejected} rejected; "
            "{possible_duplicates} of the new ones may be duplicates.",
            total.read,
        ).format(**asdict(total))
    )


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help=_("one of: {known}").format(known=", ".join(exports.KINDS)))
    parser.add_argument("out", type=Path, metavar="OUT", help=_("its ending says how it is written"))
    parser.add_argument(
        "--template", type=Path, metavar="FILE", help=_("fill the headers of this workbook, which is not changed")
    )
    parser.add_argument(
        "--personal", action="store_true", help=_("with whole phone numbers, mail and personal notes; this is noted")
    )


def _export(book: Book, arguments: argparse.Namespace) -> int:
    kind, out, personal = arguments.kind, arguments.out, arguments.personal
    with telling() as told:
        if arguments.template:
            filled = exports.export_to_template(book, kind, arguments.template, out, personal=personal, progress=told)
            n, left_empty = filled.rows, filled.left_empty
        else:
            n, left_empty = exports.export(book, kind, out, personal=personal, progress=told), ()
    print(ngettext("{n} row written to {path}.", "{n} rows written to {path}.", n).format(n=n, path=arguments.out))
    if left_empty:
        print(_("Left empty, for nothing in the book goes there: {headers}.").format(headers=_(", ").join(left_empty)))
    return 0


HANDLERS = {
    "import": Handler(_import_arguments, _import),
    "export": Handler(_export_arguments, _export),
}

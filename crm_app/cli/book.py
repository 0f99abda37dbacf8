"""new, check, backup, restore, undo: commands on the book as a whole."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from crm_app import clock, paths
from crm_app.cli import secrets
from crm_app.cli.command import Handler, json_flag, print_json
from crm_app.cli.how_far import telling
from crm_app.cli.protection import print_recovery_key
from crm_app.errors import Locked
from crm_app.i18n import _, ngettext
from crm_app.services import backups, checkup, demo
from crm_app.services import book as services
from crm_app.services.book import Book, Restored
from crm_app.services.protection import new_recovery_key

_BESIDE = Path()
"""Where no name is given: the new book goes beside the damaged one."""


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help=_("its file, which ends in .crm"))
    parser.add_argument("--demo", action="store_true", help=_("fill it with the sample half-year"))
    parser.add_argument("--protect", action="store_true", help=_("give it a password, and print its recovery key once"))


def _new(_book: None, arguments: argparse.Namespace) -> int:
    passphrase = secrets.new_passphrase(secrets.PASSPHRASE) if arguments.protect else None
    recovery = new_recovery_key() if arguments.protect else None
    made = services.create_book(arguments.path, passphrase, recovery)
    try:
        if arguments.demo:
            demo.fill(made)
    finally:
        services.close_book(made)
    print(_("Made {path}.").format(path=arguments.path))
    if recovery is not None:
        print_recovery_key(recovery)
    return 0


def _nothing(_parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    one_of = parser.add_mutually_exclusive_group()
    one_of.add_argument(
        "--repair",
        nargs="?",
        type=Path,
        const=_BESIDE,
        metavar="OUT.crm",
        help=_("make a new book of what can be read of a damaged one, which is left as it is"),
    )
    one_of.add_argument(
        "--rebuild-index",
        action="store_true",
        help=_("make the search index anew from the records before checking; no record is changed"),
    )
    json_flag(parser)


def _check(_book: None, arguments: argparse.Namespace) -> int:
    # Not opened as other commands do: a damaged book could not be.
    path = arguments.book or paths.default_book()
    secret = secrets.to_open(path)
    entries = _rebuild_index(path, secret) if arguments.rebuild_index else None
    with telling() as told:
        found = checkup.check(path, secret, told)
    wrong = sum(not one.harmless for one in found)
    if not arguments.json:
        _tell_findings(entries, found, wrong)
    salvaged = None
    if wrong and arguments.repair is not None:
        target = None if arguments.repair == _BESIDE else arguments.repair
        with telling() as told:
            salvaged = checkup.salvage(path, secret, target, told)
    if arguments.json:
        made = None if salvaged is None else salvaged.path
        print_json({"entries": entries, "findings": list(map(asdict, found)), "salvaged": made})
    elif salvaged is not None:
        print(*checkup.report(salvaged), sep="\n")
    return 3 if wrong and salvaged is None else 0


def _rebuild_index(path: Path, secret: str | None) -> int:
    opened = services.open_book(path, secret)
    try:
        with telling() as told:
            return checkup.rebuild_index(opened, told)
    finally:
        services.close_book(opened)


def _tell_findings(entries: int | None, found: list[checkup.Finding], wrong: int) -> None:
    if entries is not None:
        words = ngettext(
            "The search index was rebuilt: {n} record can be found.",
            "The search index was rebuilt: {n} records can be found.",
            entries,
        )
        print(words.format(n=entries))
    for one in found:
        print(one.sentence)
    if wrong:
        words = ngettext("{n} thing is wrong with the book.", "{n} things are wrong with the book.", wrong)
        print(words.format(n=wrong))
    else:
        print(_("The book is sound."))


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR", help=_("where to; by default beside the book"))
    parser.add_argument("--list", action="store_true", help=_("list the backups, newest first, and make none"))


def _backup(book: Book, arguments: argparse.Namespace) -> int:
    if arguments.list:
        for one in backups.list_backups(book.path, arguments.folder):
            print(f"{clock.local(one.at):%Y-%m-%d %H:%M:%S}", _(backups.LABELS[one.kind]), one.path, sep="\t")
        return 0
    with telling() as told:
        made = services.back_up(book, arguments.folder, clock.now_ms(), told)
    print(made)
    return 0


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a backup, as “backup --list” prints it"))


def _put_back(held: Book, file: Path) -> Restored:
    try:
        with telling() as told:
            return services.restore(held, file, progress=told)
    except Locked:
        # The backup has another password than the book.
        secret = secrets.to_open(file)
        with telling() as told:
            return services.restore(held, file, secret, told)


def _restore(_book: None, arguments: argparse.Namespace) -> int:
    # Not opened as other commands do: a damaged book could not be, and that is the one to be replaced.
    path = arguments.book or paths.default_book()
    held = services.hold_book(path, secrets.to_open(path))
    try:
        restored = _put_back(held, arguments.file)
    finally:
        services.close_book(held)
    if restored.kept is None:
        print(_("Restored."))
    else:
        print(_("Restored. The book as it was is kept at {path}.").format(path=restored.kept))
    if restored.other_password:
        print(_("The book now opens with the password of the backup."))
    if restored.missing:
        words = ngettext(
            "{n} attachment was not found beside the backup.",
            "{n} attachments were not found beside the backup.",
            restored.missing,
        )
        print(words.format(n=restored.missing))
    if restored.later:
        print(restored.later)
    return 0


HANDLERS = {
    "new": Handler(_new_arguments, _new),
    "check": Handler(_check_arguments, _check),
    "backup": Handler(_backup_arguments, _backup),
    "restore": Handler(_restore_arguments, _restore),
}

"""Reads the arguments, opens the book, runs one command, turns errors into one line and an exit code."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from crm_app import paths
from crm_app.cli import (
    book,
    changes,
    duplicates,
    erasing,
    figures,
    papers,
    protection,
    reconcile,
    records,
    secrets,
    sheets,
)
from crm_app.cli.command import Command
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services.book import clock_warning, close_book, open_book

COMMANDS: tuple[Command, ...] = (
    *book.COMMANDS,
    *changes.COMMANDS,
    *protection.COMMANDS,
    *records.COMMANDS,
    *duplicates.COMMANDS,
    *sheets.COMMANDS,
    *figures.COMMANDS,
    *papers.COMMANDS,
    *reconcile.COMMANDS,
    *erasing.COMMANDS,
)
"""Every command; ``open`` and ``tour`` need the window and are dispatched by app.py."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(prog="crm-app", description=_("Outreach CRM: investment promotion on one laptop."))
    top.add_argument("--book", type=Path, metavar="PATH", help=_("the book; by default CRM_BOOK or the data folder's"))
    names = top.add_subparsers(dest="command", metavar="COMMAND")
    names.add_parser("open", help=_("open the window (also when no command is given)"))
    tour = names.add_parser("tour", help=_("walk the main job on the sample book, leaving pictures and PDFs"))
    tour.add_argument("out", type=Path, metavar="OUT_DIR")
    for command in COMMANDS:
        one = names.add_parser(command.name, help=_(command.help))
        command.arguments(one)
        one.set_defaults(run=command)
    return top


def run(arguments: argparse.Namespace) -> int:
    """Run a parsed command; return 0, or the exit code of an expected error told in one line on stderr."""
    command: Command = arguments.run
    opened = None
    try:
        if command.needs_book:
            path = arguments.book or paths.default_book()
            arguments.secret = secrets.to_open(path)
            opened = open_book(path, arguments.secret)
            warning = clock_warning(opened)
            if warning is not None:
                print(warning, file=sys.stderr)
        return command.run(opened, arguments)
    except CrmError as error:
        print(" ".join(str(error).split("\n")), file=sys.stderr)
        return error.exit_code
    finally:
        if opened is not None:
            close_book(opened)

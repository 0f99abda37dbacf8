"""Opens the book, runs one command, turns errors into one line and an exit code."""

from __future__ import annotations

import argparse
import sys

from crm_app import paths
from crm_app.cli import secrets
from crm_app.cli.command import Handler
from crm_app.errors import CrmError
from crm_app.services.book import clock_warning, close_book, open_book


def run(arguments: argparse.Namespace) -> int:
    """Run a parsed command; return 0, or the exit code of an expected error told in one line on stderr."""
    handler: Handler = arguments.handler
    opened = None
    try:
        if arguments.needs_book:
            path = arguments.book or paths.default_book()
            arguments.secret = secrets.to_open(path)
            opened = open_book(path, arguments.secret)
            warning = clock_warning(opened)
            if warning is not None:
                print(warning, file=sys.stderr)
        return handler.run(opened, arguments)
    except CrmError as error:
        print(" ".join(str(error).split("\n")), file=sys.stderr)
        return error.exit_code
    finally:
        if opened is not None:
            close_book(opened)

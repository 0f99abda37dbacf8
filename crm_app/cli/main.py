"""The arguments of the command line. Of the commands, the one that is asked for alone is loaded."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from crm_app.cli.commands import COMMANDS, Command
from crm_app.i18n import _


class _Arguments(argparse.ArgumentParser):
    """The arguments of one command, declared when it is the one that is read: also where its help is asked for."""

    def __init__(self, *, of: Command | None = None, **about: Any) -> None:
        super().__init__(**about)
        self._of = of

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Declare the arguments, and read them."""
        if self._of is not None:
            handler = self._of.handler()
            handler.arguments(self)
            self.set_defaults(handler=handler, needs_book=self._of.needs_book)
            self._of = None
        return super().parse_known_args(args, namespace)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(prog="crm-app", description=_("Outreach CRM: investment promotion on one laptop."))
    top.add_argument("--book", type=Path, metavar="PATH", help=_("the book; by default CRM_BOOK or the data folder's"))
    names = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Arguments)
    names.add_parser("open", help=_("open the window (also when no command is given)"))
    tour = names.add_parser("tour", help=_("walk the main job on the sample book, leaving pictures and PDFs"))
    tour.add_argument("out", type=Path, metavar="OUT_DIR", help=_("where the pictures and PDFs go"))
    for command in COMMANDS:
        names.add_parser(command.name, help=_(command.help), of=command)
    return top

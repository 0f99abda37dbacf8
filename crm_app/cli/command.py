"""What a command does, and the few ways commands read and print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.days import Precision
from crm_app.errors import BadInput
from crm_app.i18n import _


@dataclass(frozen=True)
class Handler:
    """What a command does: how its arguments are declared, and what runs it.

    ``run`` takes the open book (None where none is needed) and the arguments, and returns the exit code.
    """

    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Any, argparse.Namespace], int]


def json_flag(parser: argparse.ArgumentParser) -> None:
    """Declare ``--json``."""
    parser.add_argument("--json", action="store_true", help=_("print one JSON document and nothing else"))


def print_json(document: Any) -> None:
    """Print one JSON document on stdout."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1, default=plain)
    print()


def plain(value: Any) -> Any:
    """Return ids as text and days in ISO form, for JSON."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def day(text: str) -> date:
    """Read an exact day of the command line; raise BadInput."""
    read = days.parse_day(text, clock.today())
    if read.precision is not Precision.DAY:
        raise BadInput(_("“{text}” is not an exact day; write it as 2023-06-30.").format(text=text))
    return read.first

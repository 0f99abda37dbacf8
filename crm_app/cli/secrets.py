"""Where commands take a password from: the environment, or the terminal without an echo; never from an argument.

Arguments stand in the list of processes and in the shell's history.
"""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from crm_app.errors import BadInput, Locked
from crm_app.i18n import _
from crm_app.services.protection import check_passphrase, is_protected_file

PASSPHRASE, NEW_PASSPHRASE = "CRM_PASSPHRASE", "CRM_NEW_PASSPHRASE"


def to_open(book: Path) -> str | None:
    """Return the password or recovery key of the book in a file, None for a plain one; raise Locked without one."""
    if not is_protected_file(book):
        return None
    named = os.environ.get(PASSPHRASE)
    if named is not None:
        return named
    if not _asks():
        raise Locked(
            _("This book has a password. Put it into {variable}, or run the command in a terminal.").format(
                variable=PASSPHRASE
            )
        )
    return getpass.getpass(_("Password of {name}: ").format(name=book.name))


def new_passphrase(variable: str) -> str:
    """Return a new password, asked twice; raise BadInput for a weak or a mistyped one, or where none is given."""
    named = os.environ.get(variable)
    if named is not None:
        check_passphrase(named)
        return named
    if not _asks():
        words = _("A new password is needed. Put it into {variable}, or run the command in a terminal.")
        raise BadInput(words.format(variable=variable))
    typed = getpass.getpass(_("New password: "))
    check_passphrase(typed)
    if getpass.getpass(_("Once more: ")) != typed:
        raise BadInput(_("The two passwords differ; nothing was changed."))
    return typed


def _asks() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()

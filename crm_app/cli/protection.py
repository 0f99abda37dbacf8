"""protect, unprotect, passphrase, recovery: the password of a book."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from crm_app.cli.command import Handler
from crm_app.cli.secrets import NEW_PASSPHRASE, PASSPHRASE, new_passphrase
from crm_app.i18n import _
from crm_app.services import protection
from crm_app.services.book import Book


def _nothing(_parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""


def print_recovery_key(key: str) -> None:
    """Print a recovery key, the only time it is shown."""
    print(_("Recovery key: {key}").format(key=key))
    print(_("Write it down and keep it away from the laptop. It opens the book when the password is forgotten."))


def _protect(book: Book, _arguments: argparse.Namespace) -> int:
    protection.refuse_protected(book)
    recovery = protection.new_recovery_key()
    left = protection.protect(book, new_passphrase(PASSPHRASE), recovery)
    print(_("The book now has a password."))
    print_recovery_key(recovery)
    _tell_left(left, _("These copies are damaged, read-only or away, and not encrypted; delete them:"))
    return 0


def _unprotect(book: Book, arguments: argparse.Namespace) -> int:
    left = protection.unprotect(book, arguments.secret or "")
    print(_("The book now has no password; whoever has the file can read it."))
    _tell_left(left, _("These copies were not changed; keep the old password for them:"))
    return 0


def _tell_left(copies: Sequence[Path], words: str) -> None:
    if copies:
        print(words, file=sys.stderr)
        for copy in copies:
            print(copy, file=sys.stderr)


def _passphrase(book: Book, arguments: argparse.Namespace) -> int:
    protection.refuse_plain(book)
    protection.change_passphrase(book, arguments.secret or "", new_passphrase(NEW_PASSPHRASE))
    print(_("The password was changed. The recovery key stays as it was."))
    return 0


def _recovery(book: Book, arguments: argparse.Namespace) -> int:
    recovery = protection.new_recovery_key()
    protection.renew_recovery(book, arguments.secret or "", recovery)
    print_recovery_key(recovery)
    return 0


HANDLERS = {
    "protect": Handler(_nothing, _protect),
    "unprotect": Handler(_nothing, _unprotect),
    "passphrase": Handler(_nothing, _passphrase),
    "recovery": Handler(_nothing, _recovery),
}

"""The password of a book: giving it one, changing it, taking it off, locking and unlocking."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from crm_app.db import access, converting, keys
from crm_app.db.book import Book
from crm_app.domain.access import BOOK, Act
from crm_app.errors import BadInput, Refused
from crm_app.i18n import _
from crm_app.progress import Report, unheard

_LEAST = 10
"""Letters or digits; a Chinese character counts as two (SP 800-63B asks for eight, this book leaves the house)."""
_LEAST_DIFFERENT = 4
_LEAST_DIGITS = 14
_KNOWN = ("password", "qwerty", "asdfgh", "1234567", "7654321", "woaini", "zhaoshang", "admin", "iloveyou", "我爱你")
"""What is tried first; a password may hold one, where the rest is long enough without it."""


def new_recovery_key() -> str:
    """Return a fresh recovery key to be printed: it opens the book when the password is forgotten."""
    return keys.new_recovery_key()


def is_recovery_key(secret: str) -> bool:
    """Say whether a secret is a recovery key rather than a password."""
    return keys.is_recovery_key(secret)


def check_passphrase(text: str) -> None:
    """Raise BadInput, saying what to do, for a password that is guessed too soon."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    for word in _KNOWN:
        folded = folded.replace(word, "")
    weight = sum(2 if unicodedata.category(one) == "Lo" else 1 for one in folded)
    if weight < _LEAST:
        raise BadInput(
            _("The password is too easy. Take ten letters and digits or more, or five Chinese characters."),
            field="passphrase",
        )
    if len(set(folded)) < _LEAST_DIFFERENT:
        raise BadInput(_("The password repeats itself. Take more different characters."), field="passphrase")
    if folded.isdigit() and len(folded) < _LEAST_DIGITS:
        raise BadInput(_("Digits alone are guessed soon. Add letters or Chinese characters."), field="passphrase")


def is_protected(book: Book) -> bool:
    """Say whether an open or locked book has a password."""
    return book.is_locked or book.key is not None


def is_protected_file(path: Path) -> bool:
    """Say whether the book in a file has a password; False where there is no file, or none of a book."""
    # Without keys beside it, a file that is no plain book is damaged, or none: there is nothing to ask a password for.
    return path.is_file() and not keys.is_plain(path) and keys.keys_file(path).is_file()


def refuse_protected(book: Book) -> None:
    """Raise Refused for a book that has a password."""
    if is_protected(book):
        raise Refused(_("The book already has a password."))


def refuse_plain(book: Book) -> None:
    """Raise Refused for a book without a password."""
    if not is_protected(book):
        raise Refused(_("The book has no password."))


def protect(book: Book, passphrase: str, recovery_key: str, progress: Report = unheard) -> list[Path]:
    """Give a book a password: encrypt it and its backups in reach; return the copies that stay plain.

    Raise BadInput for a weak password, Refused where the book has one or the disk does not take it, and what
    ``progress`` raises; the book is then as it was.
    """
    check_passphrase(passphrase)
    refuse_protected(book)
    key = keys.new_data_key()
    return converting.protect(book, key, keys.wrap(key, passphrase, recovery_key), progress)


def unprotect(book: Book, secret: str, progress: Report = unheard) -> list[Path]:
    """Take the password off: write the book and its backups in reach in the clear; return what stays encrypted.

    Raise Locked for a wrong secret, Refused where the book has none, and what ``progress`` raises.
    """
    _data_key(book, secret)
    return converting.unprotect(book, progress)


def change_passphrase(book: Book, old_secret: str, new: str) -> None:
    """Change the password, knowing the old one or the recovery key; the book's file is not touched.

    Raise BadInput for a weak one, Locked for a wrong secret.
    """
    check_passphrase(new)
    key = _data_key(book, old_secret)
    converting.write_slots(book, keys.rewrap(keys.read(book.path), key, new))


def renew_recovery(book: Book, secret: str, recovery_key: str) -> None:
    """Let another recovery key open the book, and the old one no more; raise Locked for a wrong secret."""
    key = _data_key(book, secret)
    converting.write_slots(book, keys.rewrap_recovery(keys.read(book.path), key, recovery_key))


def _data_key(book: Book, secret: str) -> bytes:
    refuse_plain(book)
    return keys.unwrap(keys.read(book.path), secret)


def lock(book: Book) -> None:
    """Forget the key and close the connections; until it is unlocked, every read and write raises Locked."""
    book.lock()


def unlock(book: Book, secret: str) -> None:
    """Open a locked book again; raise Locked for a wrong password or recovery key, Refused where nothing is written."""
    book.unlock(secret)
    try:
        access.note(book, Act.UNLOCK, BOOK)
    except BaseException:
        # Nobody is let in without a note: on a full disk the book stays locked, not open under a covered window.
        book.lock()
        raise

"""SQLite's own troubles that a user can put right, told in a sentence: no room, no right to write, another writer."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError

from crm_app.errors import Locked, Refused
from crm_app.i18n import N_, _

_SENTENCES = {
    "disk is full": N_("The disk is full; nothing was changed. Make room on it, then save again."),
    "readonly database": N_("The book cannot be written here; nothing was changed. Copy it to a folder of your own."),
    "disk I/O error": N_("The disk did not take the change; nothing was changed. Is the drive still plugged in?"),
    "database is locked": N_("Another program is writing the book; nothing was changed. Try again in a moment."),
}
"""What SQLite says → what the user is told (its result codes FULL, READONLY, IOERR, BUSY)."""


def refused(error: BaseException | None) -> Refused | None:
    """Return the sentence for an error of the disk or the lock; None for any other, which is a bug."""
    if not isinstance(error, OperationalError):
        return None
    said = str(error.orig)
    return next((Refused(_(sentence)) for words, sentence in _SENTENCES.items() if words in said), None)


def locked(error: BaseException | None) -> Locked | None:
    """Return the sentence for a read that the locking of the book cut off; None for any other error."""
    cut_off = isinstance(error, OperationalError) and "interrupted" in str(error.orig)
    return Locked(_("The book is locked. Type its password to go on.")) if cut_off else None

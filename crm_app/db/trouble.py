"""SQLite's own troubles that a user can put right, told in a sentence: no room, no right to write, another writer."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from crm_app.errors import BadInput, CrmError, Damaged, Locked, Refused
from crm_app.i18n import N_, _

_SENTENCES = {
    "disk is full": N_("The disk is full; nothing was changed. Make room on it, then save again."),
    "readonly database": N_("The book cannot be written here; nothing was changed. Copy it to a folder of your own."),
    "disk I/O error": N_("The disk did not take the change; nothing was changed. Is the drive still plugged in?"),
    "unable to open database file": N_(
        "The book cannot be written just now; nothing was changed. Is the drive still plugged in?"
    ),
    "database is locked": N_("Another program is writing the book; nothing was changed. Try again in a moment."),
}
"""What SQLite says → what the user is told (its result codes FULL, READONLY, IOERR, BUSY)."""
_DAMAGE = ("malformed", "file is not a database", "corrupt")
"""What SQLite says of a page that holds something else than it should (CORRUPT, NOTADB)."""
_DAMAGED = N_(
    "The file of the book is damaged. Nothing was changed; restore a backup, or salvage the rest with “check --repair”."
)


def refused(error: BaseException | None) -> Refused | None:
    """Return the sentence for an error of the disk or the lock; None for any other, which is a bug."""
    if is_damage(error):
        return Damaged(_(_DAMAGED))
    said = _said(error, dbapi2.OperationalError)
    return next((Refused(_(sentence)) for words, sentence in _SENTENCES.items() if words in said), None)


def check_path(path: Path) -> None:
    """Raise BadInput for a path with half characters: the book notes where its files are, and SQLite takes no such."""
    try:
        str(path.absolute()).encode()
    except UnicodeEncodeError as error:
        words = _(
            "The name {path} holds characters that cannot be read here. Rename the file or folder, and try again."
        )
        raise BadInput(words.format(path=path)) from error


def cannot_write(path: Path, error: OSError) -> Refused:
    """Return the sentence for a file or a folder that was not written."""
    return Refused(_("{path} cannot be written: {reason}").format(path=path, reason=error.strerror or error))


def is_damage(error: BaseException | None) -> bool:
    """Say whether SQLite or SQLCipher met a page that cannot be what it stands for."""
    said = _said(error, dbapi2.DatabaseError)
    return any(words in said for words in _DAMAGE)


def reading(error: BaseException | None) -> CrmError | None:
    """Return the sentence for a read that was cut off by locking the book, by damage or by the disk."""
    if is_damage(error):
        return Damaged(_(_DAMAGED))
    said = _said(error, dbapi2.OperationalError)
    if "interrupted" in said:
        return Locked(_("The book is locked. Type its password to go on."))
    if "disk I/O error" in said or "unable to open database file" in said:
        return Refused(_("The book cannot be read just now. Is the drive still plugged in?"))
    return None


def _said(error: BaseException | None, kind: type[dbapi2.Error]) -> str:
    """Return what SQLite said in an error of this kind; nothing of any other.

    Where very many rows are read or written past SQLAlchemy, it comes as the driver raised it.
    """
    raised = error.orig if isinstance(error, DBAPIError) else error
    return str(raised) if isinstance(raised, kind) else ""

"""What can be changed about a book's protection, each a dialog of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from crm_app.i18n import _
from crm_app.services import protection
from crm_app.services.book import Book
from crm_app.ui.background import Progress
from crm_app.ui.security.dialog import SecretDialog, Secrets
from crm_app.ui.session import Session


def protect(session: Session, window: QWidget) -> SecretDialog:
    """Return the dialog that gives the book a password; it answers the recovery key and the copies that stay plain."""

    def act(book: Book, secrets: Secrets, progress: Progress) -> tuple[str, list[Path]]:
        key = protection.new_recovery_key()
        return key, protection.protect(book, secrets.new, key, progress.report)

    return SecretDialog(
        session,
        window,
        _("Protect the book"),
        _("Everything in the book is encrypted: records, drafts, attachments and the backups beside it."),
        _("Protect"),
        act,
        asks_old=False,
        asks_new=True,
    )


def change(session: Session, window: QWidget) -> SecretDialog:
    """Return the dialog that changes the password."""

    def act(book: Book, secrets: Secrets, _progress: Progress) -> None:
        protection.change_passphrase(book, secrets.old, secrets.new)

    return SecretDialog(
        session,
        window,
        _("Change the password"),
        _("The old password then opens neither the book nor the backups beside it. The recovery key stays."),
        _("Change"),
        act,
        asks_old=True,
        asks_new=True,
    )


def new_password(session: Session, window: QWidget, recovery_key: str) -> SecretDialog:
    """Return the dialog that sets another password after the recovery key was used."""

    def act(book: Book, secrets: Secrets, _progress: Progress) -> None:
        protection.change_passphrase(book, recovery_key, secrets.new)

    dialog = SecretDialog(
        session,
        window,
        _("Set a new password"),
        _("The book was opened by its recovery key. If the password is forgotten, set a new one now."),
        _("Set"),
        act,
        asks_old=False,
        asks_new=True,
    )
    dialog.changed.connect(lambda _nothing: session.say(_("The new password is set.")))
    return dialog


def renew(session: Session, window: QWidget) -> SecretDialog:
    """Return the dialog that makes a new recovery key, and answers it."""

    def act(book: Book, secrets: Secrets, _progress: Progress) -> str:
        key = protection.new_recovery_key()
        protection.renew_recovery(book, secrets.old, key)
        return key

    return SecretDialog(
        session,
        window,
        _("New recovery key"),
        _("The old sheet then opens neither the book nor the backups beside it. The new key is shown once."),
        _("Make a new key"),
        act,
        asks_old=True,
        asks_new=False,
    )


def remove(session: Session, window: QWidget) -> SecretDialog:
    """Return the dialog that takes the password off, and answers the copies that stay encrypted."""

    def act(book: Book, secrets: Secrets, progress: Progress) -> list[Path]:
        return protection.unprotect(book, secrets.old, progress.report)

    return SecretDialog(
        session,
        window,
        _("Remove the password"),
        _(
            "The book and the backups beside it are written in the clear. "
            "Whoever finds the laptop or a backup then reads everything, and the book can no longer be locked."
        ),
        _("Remove"),
        act,
        asks_old=True,
        asks_new=False,
    )

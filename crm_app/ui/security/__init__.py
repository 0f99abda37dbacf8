"""The dialogs around a book's password: setting, changing and removing it, and its recovery key."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_app.ui.security.changes import new_password
from crm_app.ui.security.recovery import RecoveryDialog
from crm_app.ui.session import Session


def show_recovery_key(session: Session, window: QWidget, key: str) -> RecoveryDialog:
    """Show a recovery key, this one time, until the user says that it is kept."""
    dialog = RecoveryDialog(session, window, key)
    dialog.open()
    return dialog


def offer_new_password(session: Session, window: QWidget, recovery_key: str) -> None:
    """Offer to set another password: the book was opened by its recovery key, so the old one is probably forgotten."""
    new_password(session, window, recovery_key).open()

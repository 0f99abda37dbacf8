"""A follow-up from anywhere: the enterprise is asked first, then what was said."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.i18n import _
from crm_app.ui.enterprises.asking import WhichEnterprise, ask_enterprise
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.session import Session


def ask_follow_up(session: Session, window: QWidget) -> WhichEnterprise:
    """Ask which enterprise, then open the form."""

    def log(enterprise: UUID, name: str) -> None:
        open_follow_up(session, window, about=name, enterprise_id=enterprise)

    return ask_enterprise(session, window, _("Log a follow-up"), log)

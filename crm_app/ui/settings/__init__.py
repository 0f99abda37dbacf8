"""Settings (设置): the bureau and its people, language and look, the lists, targets, counting, the book."""

from crm_app.ui.page import Page
from crm_app.ui.session import Session
from crm_app.ui.settings.page import SettingsPage
from crm_app.ui.settings.restore import RestoreDialog, restore_held

__all__ = ["RestoreDialog", "make_page", "restore_held"]


def make_page(session: Session) -> Page:
    """Return the page of this place."""
    return SettingsPage(session)

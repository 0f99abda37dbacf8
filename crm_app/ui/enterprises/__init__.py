"""Enterprises (企业): the list, the page of one with everything known about it, and its timeline."""

from crm_app.ui.enterprises.page import EnterprisesPage
from crm_app.ui.page import Page
from crm_app.ui.session import Session


def make_page(session: Session) -> Page:
    """Return the page of this place."""
    return EnterprisesPage(session)

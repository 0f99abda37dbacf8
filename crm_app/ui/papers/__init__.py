"""Papers (材料): made of records or of a window of dates, previewed, brought to 定稿, printed and saved."""

from crm_app.ui.page import Page
from crm_app.ui.papers.page import PapersPage
from crm_app.ui.session import Session


def make_page(session: Session) -> Page:
    """Return the page of this place."""
    return PapersPage(session)

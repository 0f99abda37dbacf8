"""Today (今日): what is overdue, due today and in the next seven days; this week's trip, targets, drafts."""

from crm_app.ui.page import Page
from crm_app.ui.session import Session
from crm_app.ui.today.page import TodayPage


def make_page(session: Session) -> Page:
    """Return the page of this place."""
    return TodayPage(session)

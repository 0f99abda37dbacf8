"""Figures (统计): any window of dates; every figure with its definition, its chart, its table and its rows."""

from crm_app.ui.figures.page import FiguresPage
from crm_app.ui.page import Page
from crm_app.ui.session import Session


def make_page(session: Session) -> Page:
    """Return the page of this place."""
    return FiguresPage(session)

"""Projects (项目): leads, the board by stage, the table, and the page of one project."""

from crm_app.ui.page import Page
from crm_app.ui.projects.page import ProjectsPage
from crm_app.ui.session import Session


def make_page(session: Session) -> Page:
    """Return the page of this place."""
    return ProjectsPage(session)

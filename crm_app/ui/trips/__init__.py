"""Trips (外出): the list of batches, one trip with its plan, people, visits and summary, and one visit to read."""

from crm_app.ui.page import Page
from crm_app.ui.session import Session
from crm_app.ui.trips.page import TripsPage


def make_page(session: Session) -> Page:
    """Return the page of this place."""
    return TripsPage(session)

"""The six figures of a week's activity (每周活动): the window beside the one before it and the year so far."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from crm_app.domain.counting import Tally, Window
from crm_app.i18n import N_


class Activity(StrEnum):
    """What is told every week, in the order it is told."""

    SIGNED = "signed"
    STARTED = "started"
    TRIPS = "trips"
    RECEIVED = "received"
    EVENTS = "events"
    PUBLICITY = "publicity"


ACTIVITY_LABELS = {
    Activity.SIGNED: N_("Projects signed"),
    Activity.STARTED: N_("Construction started"),
    Activity.TRIPS: N_("Trips"),
    Activity.RECEIVED: N_("Receptions"),
    Activity.EVENTS: N_("Events"),
    Activity.PUBLICITY: N_("Publicity"),
}


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity in the window, in the one before it, and in the year up to the window's end."""

    activity: Activity
    now: Tally
    before: Tally
    year: Tally


@dataclass(frozen=True, slots=True)
class ActivityTable:
    """The activities with the two other windows they were counted in."""

    before: Window
    year: Window
    lines: tuple[ActivityLine, ...]


def year_so_far(window: Window) -> Window:
    """Return the year of the window's last day, up to that day."""
    return Window(window.last.replace(month=1, day=1), window.last)

"""Every record the book knows: importing this module declares them all.

A new feature's module is added to this list and nowhere else.
"""

from __future__ import annotations

from crm_app.domain import (
    attachments,
    contacts,
    duplicates,
    enterprises,
    events,
    follow_ups,
    leads,
    papers,
    projects,
    staff,
    targets,
    tasks,
    trips,
    views,
    visits,
)
from crm_app.domain.fields import RECORDS

__all__ = ["FEATURES", "RECORDS"]

FEATURES = (
    staff,
    enterprises,
    contacts,
    leads,
    trips,
    visits,
    follow_ups,
    tasks,
    events,
    projects,
    targets,
    papers,
    attachments,
    duplicates,
    views,
)

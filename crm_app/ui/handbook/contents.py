"""The handbook's contents: which pages there are, in which order, and which one tells about what is on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from crm_app.i18n import N_
from crm_app.ui.places import ABOUT, NEWS, PLACES, SETTINGS, SHORTCUTS


@dataclass(frozen=True)
class Group:
    """Pages under one heading."""

    title: str
    pages: tuple[str, ...]


CONTENTS = (
    Group(N_("To begin with"), ("start",)),
    Group(N_("Places"), (*PLACES, SETTINGS)),
    Group(
        N_("How to"),
        ("log", "visit", "reception", "trip", "project", "print", "find", "import", "export", "duplicates", "cards"),
    ),
    Group(N_("Rules and safety"), ("counting", "reminders", "undo", "backup", "password", "privacy")),
    Group(N_("The program"), (NEWS, SHORTCUTS, ABOUT)),
)
PAGES = tuple(page for group in CONTENTS for page in group.pages)
WRITTEN = tuple(page for page in PAGES if page not in (SHORTCUTS, ABOUT))
"""The pages that are files: ``resources/handbook/<language>/<page>.md``."""

FORMS = {
    "LogDialog": "log",
    "VisitDialog": "visit",
    "ReceptionDialog": "reception",
    "TripDialog": "trip",
    "CopyDialog": "trip",
    "StageDialog": "project",
    "SigningDialog": "project",
    "MakeProjectDialog": "projects",
    "ImportDialog": "import",
    "ExportDialog": "export",
    "CardsDialog": "cards",
    "NoticeDialog": "figures",
    "MergeDialog": "duplicates",
    "PostponeDialog": "today",
    "FollowUpDialog": "today",
    "SecretDialog": "password",
    "RestoreDialog": "backup",
    "EraseDialog": "privacy",
}
"""The class of a form → the page about it."""

PARTS = {
    "book": "backup",
    "security": "password",
    "counting": "counting",
    "targets": "counting",
    "reminders": "reminders",
    "changes": "undo",
    "recycle_bin": "undo",
    "access": "privacy",
}
"""A part of the settings → the page about it."""


def page_of(form: QWidget, place: str) -> str:
    """Return the page about a form that is open, else about a place or a part of it (``settings/book``)."""
    named = FORMS.get(type(form).__name__)
    if named is not None:
        return named
    whole, _slash, part = place.partition("/")
    wanted = PARTS.get(part, whole)
    return wanted if wanted in PAGES else "start"

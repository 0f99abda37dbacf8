"""Ctrl+K: places, commands and every record of the book in one field, in Chinese, pinyin or English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from crm_app.i18n import N_, _
from crm_app.ui import actions, late
from crm_app.ui.session import Location, Session
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.suggest import Answer, Suggestion

if TYPE_CHECKING:
    from crm_app.services.book import Book
    from crm_app.services.search import Hit

_MOST_COMMANDS = 3
_MOST_RECORDS = 12
_SHOWN_IN = {
    "enterprise": ("enterprises", "building-factory-2", N_("Enterprise")),
    "contact": ("enterprises", "user", N_("Contact")),
    "lead": ("projects", "briefcase", N_("Lead")),
    "project": ("projects", "layout-kanban", N_("Project")),
    "trip": ("trips", "plane", N_("Trip")),
    "visit": ("trips", "map-pin", N_("Visit")),
    "reception": ("trips", "users", N_("Reception")),
    "follow_up": ("enterprises", "note", N_("Follow-up")),
    "task": ("trips", "circle-check", N_("Next step")),
    "attachment": ("enterprises", "files", N_("Attachment")),
    "issued_paper": ("papers", "files", N_("Paper")),
}
"""Table → the place that shows its records, an icon, and its word."""


class Finder:
    """Answers the search field of one window."""

    def __init__(self, session: Session, made: Mapping[str, QAction]) -> None:
        self._session = session
        self._actions = made
        self._latest = session.latest()

    def ask(self, text: str, answer: Answer) -> None:
        """Offer commands at once and records when the book answers.

        What was offered stands until then: taken away and shown again, it would flicker with every key.
        """
        self._latest.drop()
        if not text:
            answer(())
            return
        commands = self._commands(text)
        if commands:
            answer(commands)
        book = self._session.book

        def with_records(hits: Sequence[Hit]) -> None:
            found = [*commands, *(self._record(hit) for hit in hits if _is_shown(hit))]
            answer(found or [Suggestion(_("Nothing in the book holds “{text}”").format(text=text), None)])

        self._latest.read(lambda: _search(book, text), with_records)

    def take(self, suggestion: Suggestion) -> None:
        """Run the command or show the record."""
        if isinstance(suggestion.value, QAction):
            suggestion.value.trigger()
        else:
            self._session.wanted.emit(suggestion.value)

    def _commands(self, text: str) -> list[Suggestion]:
        found = []
        for name, action in self._actions.items():
            spec = actions.spec(name)
            if action.isEnabled() and (fits(text, spec.title) or fits(text, spec.text)):
                found.append(Suggestion(spec.title, action, spec.shown_keys, spec.icon))
        return found[:_MOST_COMMANDS]

    def _record(self, hit: Hit) -> Suggestion:
        place, icon, word = _SHOWN_IN[hit.table]
        text, spans = hit.title, hit.spans
        if hit.excerpt:
            before = f"{hit.title}  "
            text = before + hit.excerpt
            spans = tuple((len(before) + start, len(before) + end) for start, end in hit.excerpt_spans)
        detail = "  ".join(filter(None, (_(word), hit.subtitle if hit.subtitle != hit.title else "")))
        where = Location(place, hit.id, hit.table)
        if hit.table == "attachment" and hit.enterprise_id is not None:
            where = Location(place, hit.enterprise_id, "enterprise")
        return Suggestion(text, where, detail, icon, spans)


def _is_shown(hit: Hit) -> bool:
    return hit.table in _SHOWN_IN and (hit.table != "attachment" or hit.enterprise_id is not None)


def _search(book: Book, text: str) -> list[Hit]:
    found: list[Hit] = late.service("search").search(book, text, limit=_MOST_RECORDS)
    return found

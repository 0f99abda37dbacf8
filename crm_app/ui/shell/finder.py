"""Ctrl+K: commands, places, every record of the book and those seen last, in one field, in Chinese, pinyin or English.

Under headings: what is wanted by its very name stands first, then the records, then commands that only hold what was
typed somewhere. Nothing typed: the records seen last, and what can be done here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crm_app.domain import days
from crm_app.i18n import N_, _
from crm_app.ui import late
from crm_app.ui.actions import HEARD, Where
from crm_app.ui.session import Location, Session
from crm_app.ui.shell.commands import Command, Fitting, fitting
from crm_app.ui.shell.recent import Recent
from crm_app.ui.widgets.matching import Rank
from crm_app.ui.widgets.suggest import Answer, Suggestion

if TYPE_CHECKING:
    from crm_app.services.book import Book
    from crm_app.services.search import Hit

_MOST_COMMANDS = 5
_MOST_WEAK = 4
_MOST_HERE = 8
_MOST_RECORDS = 12
_MOST_RECENT = 8
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
    """Answers the search field of one window; ``commands`` says what can be done now."""

    def __init__(self, session: Session, commands: Callable[[], list[Command]]) -> None:
        self._session = session
        self._commands = commands
        self._latest = session.latest()
        self._held: list[Command] | None = None
        self._recent: Recent | None = None
        self._here: Location | None = None

    def begin(self) -> None:
        """Ask anew what can be done: the user came from somewhere else."""
        self._held = None

    def remember(self, recent: Recent) -> None:
        """Take the records seen last in the book that was opened."""
        self._recent = recent

    def note(self, location: Location) -> None:
        """Note what is looked at."""
        self._here = location
        if self._recent is not None:
            self._recent.note(location)

    def ask(self, text: str, answer: Answer) -> None:
        """Offer commands at once and records when the book answers.

        What was offered stands until then: taken away and shown again, it would flicker with every key.
        """
        self._latest.drop()
        if self._held is None:
            self._held = self._commands()
        if not text:
            self._offer_recent(answer)
            return
        fit = fitting(text, self._held)
        strong = [one for one in fit if one.fit.rank is not Rank.INSIDE][:_MOST_COMMANDS]
        weak = [one for one in fit if one.fit.rank is Rank.INSIDE][:_MOST_WEAK]
        first = _under(_("Commands and places"), map(_fitted, strong))
        if first:
            answer(first)
        book = self._session.book

        def with_records(hits: Sequence[Hit]) -> None:
            records = _under(_("Records"), (_record(hit) for hit in hits if _is_shown(hit)))
            found = [*first, *records, *_under(_("More commands"), map(_fitted, weak))]
            answer(found or [_nothing(text)])

        self._latest.read(lambda: _search(book, text), with_records)

    def _offer_recent(self, answer: Answer) -> None:
        held = sorted((one for one in self._held or () if one.origin is not None), key=lambda one: one.deletes)
        here = [replace(_done(one), detail="") for one in held][:_MOST_HERE]
        going = [_done(one) for one in self._held or () if one.origin is None and one.spec.keys]
        rest = [*_under(_("Here"), here), *_under(_("Everywhere"), going)]
        wanted = self._recent.all() if self._recent is not None else []
        if not wanted:
            answer(rest)
            return
        book = self._session.book
        now = self._here.record if self._here is not None else None
        where = {one.record: one for one in wanted if one.record != now}

        def with_records(hits: Sequence[Hit]) -> None:
            seen = (_record(hit, where[hit.id]) for hit in hits if hit.table in _SHOWN_IN)
            answer([*_under(_("Seen last"), seen), *rest])

        ids = [one for one in where if one is not None][:_MOST_RECENT]
        self._latest.read(lambda: late.service("search").named(book, ids), with_records)

    def take(self, suggestion: Suggestion) -> None:
        """Run the command or show the record."""
        if isinstance(suggestion.value, Command):
            suggestion.value.run()
        else:
            self._session.wanted.emit(suggestion.value)


def _nothing(text: str) -> Suggestion:
    words = _("Nothing in the book holds “{text}”").format(text=text)
    return Suggestion(words, None, _("Fewer words, initials or a phone number may find it"))


def _under(heading: str, rows: Iterable[Suggestion]) -> list[Suggestion]:
    found = list(rows)
    return [Suggestion(heading, None, heading=True), *found] if found else []


def _done(command: Command) -> Suggestion:
    spec = command.spec
    does = _("Go there") if spec.leads and not spec.then else ""
    if spec.where is not Where.WINDOW:
        does = _(HEARD[spec.where])
    return Suggestion(spec.title, command, does, spec.icon, keys=spec.shown_keys)


def _fitted(one: Fitting) -> Suggestion:
    """Show a command with what it was found by; by its other name, that name stands beside it."""
    row = _done(one.command)
    if one.name == 0:
        return Suggestion(row.text, row.value, row.detail, row.icon, one.fit.spans, row.keys)
    before = f"{row.text}  "
    spans = tuple((len(before) + start, len(before) + end) for start, end in one.fit.spans)
    return Suggestion(before + one.command.spec.names[1], row.value, row.detail, row.icon, spans, row.keys)


def _record(hit: Hit, where: Location | None = None) -> Suggestion:
    place, icon, word = _SHOWN_IN[hit.table]
    text, spans = hit.title, hit.spans
    if hit.excerpt and where is None:
        before = f"{hit.title}  "
        text = before + hit.excerpt
        spans = tuple((len(before) + start, len(before) + end) for start, end in hit.excerpt_spans)
    day = days.show_date(hit.on) if hit.on is not None else ""
    detail = "  ".join(filter(None, (f"{_(word)} {day}".rstrip(), hit.subtitle if hit.subtitle != hit.title else "")))
    found = Location(place, hit.id, hit.table)
    if hit.table == "attachment" and hit.owner is not None:
        table, record = hit.owner
        found = Location(_SHOWN_IN[table][0], record, table)
    return Suggestion(text, where or found, detail, icon, spans)


def _is_shown(hit: Hit) -> bool:
    return hit.table in _SHOWN_IN and (hit.table != "attachment" or hit.owner is not None)


def _search(book: Book, text: str) -> list[Hit]:
    found: list[Hit] = late.service("search").search(book, text, limit=_MOST_RECORDS)
    return found

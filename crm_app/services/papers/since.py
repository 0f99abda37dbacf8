"""What became of the signings of a final paper: added, changed from what to what, dropped, moved to another period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.db.since import Since, issued_in, since
from crm_app.domain.counting import Window
from crm_app.domain.papers import IssuedPaper
from crm_app.domain.projects import Agreement, Project, ProjectPark, Signing
from crm_app.i18n import N_, _
from crm_app.services import figures
from crm_app.services.figures import SignedLine
from crm_app.services.papers.edits import drafted_of


class Turn(StrEnum):
    """What became of a signing."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    DROPPED = "dropped"


TURN_LABELS = {
    Turn.ADDED: N_("Added"),
    Turn.CHANGED: N_("Changed"),
    Turn.MOVED: N_("Moved to another period"),
    Turn.DROPPED: N_("Dropped"),
}


@dataclass(frozen=True, slots=True)
class SignedTurn:
    """One signing that a final paper would count otherwise today, and why, in words."""

    turn: Turn
    row: UUID
    project: str
    why: str


_COUNTED = (Agreement.FORMAL, Agreement.SUPPLEMENT)


def turns(book: Book, known: IssuedPaper) -> list[SignedTurn]:
    """Return what became of the signings of a final paper's window since it was issued."""
    if known.from_on is None or known.to_on is None or known.issued_at is None:
        return []
    window = Window(known.from_on, known.to_on)
    now = {line.signing_id: line for line in figures.signed_contracts(book, known.from_on, known.to_on)}
    with book.read() as reader:
        unit = issued_in(reader, known.id)
        then = _then(reader, known, window, unit)
        found = [
            _turned(reader, unit, window, one, now.get(one), counted=one in then)
            for one in dict.fromkeys((*then, *now))
        ]
    return sorted((one for one in found if one), key=lambda one: (list(Turn).index(one.turn), one.project))


def _then(reader: Reader, known: IssuedPaper, window: Window, unit: int) -> set[UUID]:
    """Return the signings the paper counted: its figure of them says which, else what it names of its window."""
    figure = next((term.rows for term in drafted_of(known).terms if term.key == "projects"), None)
    if figure is not None:
        return set(figure)
    found = ((one, since(reader, Signing.table, one, unit)) for one in reader.get_many(Signing, known.rows or ()))
    return {
        one
        for one, told in found
        if told is not None
        and isinstance(told.then, Signing)
        and told.then.kind in _COUNTED
        and window.holds(told.then.signed_on)
    }


def _turned(
    reader: Reader, unit: int, window: Window, row: UUID, line: SignedLine | None, *, counted: bool
) -> SignedTurn | None:
    told = since(reader, Signing.table, row, unit)
    if told is None:
        return None
    assert isinstance(told.now, Signing)
    project = since(reader, Project.table, told.now.project_id, unit)
    name = project.now.name if project is not None and isinstance(project.now, Project) else ""
    if counted and line is None:
        return _gone(told, window, row, name)
    if not counted:
        return SignedTurn(Turn.ADDED, row, name, _arrived(told, line, window))
    changes = [*told.changes, *(project.changes if project else ()), *_parks(reader, told.now.project_id, unit)]
    return SignedTurn(Turn.CHANGED, row, name, _said(changes)) if changes else None


def _gone(told: Since, window: Window, row: UUID, name: str) -> SignedTurn:
    assert isinstance(told.now, Signing)
    if told.deleted:
        return SignedTurn(Turn.DROPPED, row, name, _("the contract was deleted"))
    if not window.holds(told.now.signed_on):
        day = told.now.shown("signed_on")
        return SignedTurn(Turn.MOVED, row, name, _("its day is now {day}").format(day=day))
    return SignedTurn(Turn.DROPPED, row, name, _said(told.changes) or _("it counts nothing any more by the rules"))


def _arrived(told: Since, line: SignedLine | None, window: Window) -> str:
    amount = told.now.shown("amount") if line is not None else ""
    if told.then is None:
        return _("entered since: {day}, {amount}").format(day=told.now.shown("signed_on"), amount=amount)
    assert isinstance(told.then, Signing)
    if not window.holds(told.then.signed_on):
        return _("its day was {day} before").format(day=told.then.shown("signed_on"))
    return _said(told.changes) or _("it counts now by the rules")


def _parks(reader: Reader, project: UUID, unit: int) -> Iterator[tuple[str, str, str]]:
    for park in reader.find(ProjectPark, project_id=project):
        told = since(reader, ProjectPark.table, park.id, unit)
        if told is not None and told.then is None:
            yield ProjectPark.field("park").title, "", park.park
        elif told is not None:
            yield from told.changes


def _said(changes: Iterable[tuple[str, str, str]]) -> str:
    return _("; ").join(
        _("{field}: {old} → {new}").format(field=field, old=old or "—", new=new or "—") for field, old, new in changes
    )

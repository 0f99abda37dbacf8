"""What figures count beside projects and visits: events, packaged projects, sets of projects, yearly results."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.domain import amounts
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.events import Event, PackagedProject, ProjectSet
from crm_app.domain.fields import Field, When, values_of
from crm_app.domain.kinds import Text
from crm_app.domain.projects import Project
from crm_app.domain.targets import Annual
from crm_app.i18n import N_, _
from crm_app.services import events, targets
from crm_app.services.book import Book
from crm_app.services.events import PickedSet
from crm_app.services.outcome import Outcome
from crm_app.ui.session import Session
from crm_app.ui.settings.kept import Kept, KeptPart, Words
from crm_app.ui.widgets.cells import Cell, Column

Offer = tuple[PackagedProject, Project | None]
AnnualRow = tuple[Annual, Enterprise]
_SET_FIELDS = (
    ProjectSet.field("name"),
    ProjectSet.field("in_bulletin"),
    Field("projects", N_("Projects, one a line"), Text(lines=6), When.CREATE),
)


class Events(KeptPart[Event]):
    """The events, the newest first."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        def whole(number: int | None) -> Cell:
            return Cell("" if number is None else str(number))

        super().__init__(
            session,
            parent,
            Kept(
                "event",
                ("event",),
                Words(
                    _("Forums, promotion meetings, trainings; what the press wrote is entered as “Publicity”."),
                    _("No event is entered yet"),
                    _("Enter an event"),
                    _("Change an event"),
                    _("Remove an event"),
                ),
                (
                    Column[Event]("on", _("Day"), lambda one: Cell(one.shown("on")), 120),
                    Column[Event]("name", _("Event"), lambda one: Cell(one.name), 240, stretch=True),
                    Column[Event]("kind", _("Kind of event"), lambda one: Cell(one.shown("kind")), 110),
                    Column[Event]("place", _("Place"), lambda one: Cell(one.place or ""), 110),
                    Column[Event]("sessions", _("Sessions"), lambda one: whole(one.sessions), 70, right=True),
                    Column[Event]("people", _("Participants"), lambda one: whole(one.people), 90, right=True),
                    Column[Event]("campaign", _("Campaign"), lambda one: Cell(one.campaign or ""), 110),
                ),
                events.list_events,
                lambda one: f"{one.name} {one.place or ''}",
                lambda one: one.id,
                Event.fields,
                values_of,
                lambda book, values: events.add_event(book, **values),
                lambda book, known, values: events.change_event(book, known, **values),
                events.remove_event,
            ),
        )


class PackagedProjects(KeptPart[Offer]):
    """The projects offered to investors, each with what was signed of it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(
            session,
            parent,
            Kept(
                "packaged",
                ("packaged_project", "project"),
                Words(
                    _("What is offered to investors; choose the project it was signed as, and the figures count it."),
                    _("No packaged project is entered yet"),
                    _("Enter a packaged project"),
                    _("Change a packaged project"),
                    _("Remove a packaged project"),
                ),
                (
                    Column[Offer]("name", _("Packaged project"), lambda one: Cell(one[0].name), 260, stretch=True),
                    Column[Offer]("cluster", _("Cluster"), lambda one: Cell(one[0].shown("cluster")), 160),
                    Column[Offer]("amount", _("Amount"), lambda one: _yuan(one[0].amount), 100, right=True),
                    Column[Offer]("signed", _("Signed as"), lambda one: Cell(one[1].name if one[1] else ""), 240),
                ),
                events.list_packaged,
                lambda one: f"{one[0].name} {one[0].shown('cluster')}",
                lambda one: one[0].id,
                PackagedProject.fields,
                lambda one: values_of(one[0]),
                lambda book, values: events.add_packaged(book, **values),
                lambda book, known, values: events.change_packaged(book, known, **values),
                events.remove_packaged,
                lambda one: {"project_id": one[1].name} if one[1] else {},
            ),
        )


class Sets(KeptPart[PickedSet]):
    """Hand-picked sets of projects whose sum a text names."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(
            session,
            parent,
            Kept(
                "set",
                ("project_set", "project_set_item", "project"),
                Words(
                    _("A set of projects that is summed by itself; one named in the bulletin stands in its text."),
                    _("No set is picked yet"),
                    _("Pick a set of projects"),
                    _("Change a set of projects"),
                    _("Remove a set of projects"),
                ),
                (
                    Column[PickedSet]("name", _("Name of the set"), lambda one: Cell(one.set.name), 260, stretch=True),
                    Column[PickedSet]("count", _("Projects"), lambda one: Cell(str(len(one.projects))), 80, right=True),
                    Column[PickedSet](
                        "yuan", _("Total investment"), lambda one: _yuan(one.total_yuan), 120, right=True
                    ),
                    Column[PickedSet]("in", _("Named in the bulletin"), _in_bulletin, 130),
                ),
                events.list_sets,
                lambda one: " ".join([one.set.name, *(project.name for project in one.projects)]),
                lambda one: one.set.id,
                _SET_FIELDS,
                lambda one: values_of(one.set) | {"projects": "\n".join(project.name for project in one.projects)},
                _add_set,
                _change_set,
                events.remove_set,
            ),
        )


class YearlyResults(KeptPart[AnnualRow]):
    """Output and tax of enterprises by year, and the land they stand on: the rows of the table per mu."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(
            session,
            parent,
            Kept(
                "annual",
                ("annual", "enterprise"),
                Words(
                    _("The table per mu stands on these. A whole ledger of them is imported as “Yearly results”."),
                    _("No yearly result is entered yet"),
                    _("Enter a yearly result"),
                    _("Change a yearly result"),
                    _("Remove a yearly result"),
                ),
                (
                    Column[AnnualRow]("year", _("Year"), lambda one: Cell(str(one[0].year)), 70),
                    Column[AnnualRow]("name", _("Enterprise"), lambda one: Cell(one[1].name), 280, stretch=True),
                    Column[AnnualRow]("output", _("Output"), lambda one: Cell(one[0].shown("output")), 150, right=True),
                    Column[AnnualRow]("tax", _("Tax"), lambda one: Cell(one[0].shown("tax")), 150, right=True),
                    Column[AnnualRow]("land", _("Land"), lambda one: Cell(one[0].shown("land")), 90, right=True),
                ),
                targets.list_annuals,
                lambda one: f"{one[1].name} {one[0].year}",
                lambda one: one[0].id,
                Annual.fields,
                lambda one: values_of(one[0]),
                lambda book, values: targets.add_annual(book, **values),
                lambda book, known, values: targets.change_annual(book, known, **values),
                targets.remove_annual,
                lambda one: {"enterprise_id": one[1].name},
            ),
        )


def _in_bulletin(one: PickedSet) -> Cell:
    return Cell(one.set.shown("in_bulletin"))


def _yuan(yuan: int | None) -> Cell:
    return Cell("" if yuan is None else amounts.show_yi(yuan))


def _add_set(book: Book, values: dict[str, Any]) -> Outcome[Any]:
    chosen = events.projects_named(book, values["projects"].splitlines())
    return events.add_set(book, values["name"], chosen, in_bulletin=bool(values.get("in_bulletin")))


def _change_set(book: Book, known: UUID, values: dict[str, Any]) -> Outcome[Any]:
    names = values.pop("projects", None)
    chosen = None if names is None else events.projects_named(book, names.splitlines())
    return events.change_set(book, known, chosen, **values)

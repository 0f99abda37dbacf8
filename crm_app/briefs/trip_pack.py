"""外出招商工作手册: 封面 → 日程 → 名单 → 一页纸 → 空白记录表, printed on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.briefs import one_pager, shown
from crm_app.briefs.composer import Composer, join
from crm_app.briefs.content import (
    Block,
    Cell,
    Column,
    Cover,
    Fact,
    Heading,
    KeyValue,
    PageBreak,
    Paper,
    Run,
    Table,
)
from crm_app.briefs.one_pager import OnePagerData
from crm_app.briefs.trip import span
from crm_app.domain import days
from crm_app.domain.papers import PaperKind
from crm_app.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One planned visit of the itinerary."""

    enterprise: str
    on: date | None = None
    time: str = ""
    place: str = ""
    contact: str = ""
    purpose: str = ""
    state: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TripPackData:
    """What a trip pack is made of; ``members`` are (name, title, phone, task); ``forms`` blank sheets to write on."""

    title: str
    start_on: date
    end_on: date
    id: UUID | None = None
    regions: Sequence[str] = ()
    leader: str = ""
    purpose: str = ""
    members: Sequence[tuple[str, str, str, str]] = ()
    calls: Sequence[Call] = ()
    enterprises: Sequence[OnePagerData] = ()
    forms: int = 2
    bureau: str = ""


def compose(data: TripPackData) -> Paper:
    """Return the trip pack."""
    paper = Composer()
    when = span(data.start_on, data.end_on)
    paper.add(
        Cover(
            _("Trip handbook"),
            tuple(line for line in (data.title, join(data.regions), when) if line),
            tuple(line for line in (data.bureau,) if line),
        ),
        PageBreak(odd=True),
    )
    paper.term("bureau", data.bureau)
    paper.term("days", when)
    paper.term("regions", join(data.regions))
    paper.term("calls", str(len(data.calls)))
    paper.section(_("Itinerary"), key="itinerary")
    if data.purpose:
        paper.paragraph(data.purpose)
    paper.add(_itinerary(data.calls))
    paper.section(_("Members of the group"), key="members")
    paper.add(_people(data.members))
    for one in data.enterprises:
        paper.add(PageBreak(), Heading(0, one.enterprise, "one_pagers"), *one_pager.blocks(one))
    for _number in range(data.forms):
        paper.add(PageBreak(), Heading(0, _("Record of a visit"), "forms"), _blank_form())
    title = _("Trip handbook: {title}").format(title=data.title)
    return paper.report(PaperKind.TRIP_PACK, title, author=data.bureau)


def _itinerary(calls: Sequence[Call]) -> Table:
    columns = (
        Column(_("Day"), 4.4, "center"),
        Column(_("Time"), 2.4, "center"),
        Column(_("Enterprise"), 6),
        Column(_("Place"), 4.4),
        Column(_("Contact"), 4.8),
        Column(_("Purpose"), 3.6),
        Column(_("State"), 3, "center"),
    )
    rows = tuple(
        (
            Cell(_weekday(call.on) if call.on else "—"),
            Cell(call.time or "—"),
            Cell(call.enterprise, (call.id,) if call.id else ()),
            *(Cell(text or "—") for text in (call.place, call.contact, call.purpose, call.state)),
        )
        for call in calls
    )
    return Table(columns, rows, empty=_("No visits are planned yet."))


def _weekday(on: date) -> str:
    return _("{day}, {weekday}").format(day=shown.day_of_month(on), weekday=_(days.WEEKDAYS[on.weekday()]))


def _people(members: Sequence[tuple[str, str, str, str]]) -> Table:
    columns = (
        Column(_("Person"), 4, "center"),
        Column(_("Title"), 5),
        Column(_("Phone"), 5, "center"),
        Column(_("Task"), 7),
    )
    rows = tuple(tuple(Cell(text or "—") for text in member) for member in members)
    return Table(columns, rows, empty=_("Nobody has been named yet."))


def _blank_form() -> Block:
    def empty(label: str, lines: int, *, wide: bool = True) -> Fact:
        return Fact(label, (Run(""),), wide=wide, lines=lines)

    return KeyValue(
        (
            empty(_("Enterprise"), 1),
            empty(_("Time"), 1, wide=False),
            empty(_("Place"), 1, wide=False),
            empty(_("Our people"), 1),
            empty(_("Their people"), 2),
            empty(_("What was said"), 7),
            empty(_("What the enterprise asks for"), 4),
            empty(_("What was agreed"), 3),
            empty(_("Next steps"), 4),
        )
    )

"""拜访报告: time, place and people → 企业情况 → 洽谈 → 诉求 → 共识 → 下一步工作打算, on one or two pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.briefs.composer import Composer, join, sentence
from crm_app.briefs.content import (
    Column,
    Fact,
    KeyValue,
    Paper,
    Photo,
    Photos,
    Qr,
    Run,
    Table,
)
from crm_app.briefs.drafting import agreed, met
from crm_app.domain import days
from crm_app.domain.papers import PaperKind
from crm_app.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A next step (下一步); ``due`` in words, as precise as it is known."""

    what: str
    owner: str = ""
    due: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitData:
    """What a visit report is made of. What is empty and needed is marked as a gap.

    ``their_people`` are “name title” as held that day; ``overview`` are (label, value); ``asks`` one need each;
    ``gaps`` are (words, ids) found missing beyond what is empty here.
    """

    enterprise: str
    on: date
    id: UUID | None = None
    enterprise_id: UUID | None = None
    uscc: str = ""
    region: str = ""
    time: str = ""
    place: str = ""
    mode: str = ""
    our_people: Sequence[str] = ()
    their_people: Sequence[str] = ()
    overview: Sequence[tuple[str, str]] = ()
    talk: str = ""
    asks: Sequence[str] = ()
    consensus: str = ""
    intent: str = ""
    field: str = ""
    next_steps: Sequence[Step] = ()
    bureau: str = ""
    author: str = ""
    written_on: date | None = None
    photos: Sequence[Photo] = ()
    gaps: Sequence[tuple[str, tuple[UUID, ...]]] = ()
    code: Qr | None = None


def compose(data: VisitData) -> Paper:
    """Return the visit report."""
    paper = Composer()
    rows = (data.id,) if data.id else ()
    paper.term("bureau", data.bureau)
    paper.term("enterprise", data.enterprise, rows)
    paper.term("day", days.show_date(data.on), rows)
    paper.term("place", data.place, rows)
    if data.code:
        paper.add(data.code)
    paper.add(_facts(paper, data))
    if data.overview:
        paper.section(_("The enterprise"), key="enterprise")
        parts = [_("{label}: {value}").format(label=label, value=value) for label, value in data.overview if value]
        paper.paragraph(sentence(_("; ").join(part.rstrip("。.;；") for part in parts)))
    paper.section(_("What was discussed"), key="talk")
    if data.talk:
        paper.paragraph(met(days.show_date(data.on), data.our_people, data.enterprise, data.their_people, data.field))
    paper.prose(data.talk, _("What was said"), rows, "visit.talk")
    if data.asks:
        paper.section(_("What the enterprise asks for"), key="asks")
        paper.points(data.asks)
    if data.consensus:
        paper.section(_("What was agreed"), key="consensus")
        paper.paragraph(agreed(data.consensus, data.intent))
    paper.section(_("Next steps"), key="next_steps")
    add_steps(paper, data.next_steps, rows)
    paper.sign(data.bureau, data.written_on, data.gaps)
    if data.photos:
        paper.annex(_("Annex: photos of the visit"), key="photos")
        paper.add(Photos(tuple(data.photos)))
    title = _("Report on the visit to {enterprise}").format(enterprise=data.enterprise)
    return paper.report(PaperKind.VISIT, title, author=data.bureau or data.author, day=data.written_on)


def _facts(paper: Composer, data: VisitData) -> KeyValue:
    rows = (data.id,) if data.id else ()
    when = _("{day} {time}").format(day=days.show_date(data.on), time=data.time).strip()
    place = paper.value(data.place, _("Place"), rows, "visit.place")
    ours = paper.value(join(data.our_people), _("Our people"), rows, "visit.our_people")
    theirs = paper.value(join(data.their_people), _("Their people"), rows, "visit.their_people")
    enterprise = Run(data.enterprise, bold=True, rows=(data.enterprise_id,) if data.enterprise_id else ())
    facts = [
        Fact(_("Enterprise"), (enterprise,), wide=True),
        Fact(_("Credit code"), (Run(data.uscc),)),
        Fact(_("Registered in"), (Run(data.region),)),
        Fact(_("Time"), (Run(when),)),
        Fact(_("Mode"), (Run(data.mode),)),
        Fact(_("Place"), (place,), wide=True),
        Fact(_("Our people"), (ours,), wide=True),
        Fact(_("Their people"), (theirs,), wide=True),
    ]
    if data.author:
        facts.append(Fact(_("Written by"), (Run(data.author),), wide=True))
    return KeyValue(tuple(fact for fact in facts if "".join(run.text for run in fact.runs)))


def add_steps(paper: Composer, steps: Sequence[Step], rows: tuple[UUID, ...] = ()) -> None:
    """Append the next steps as a table: what, whose, until when; the gap where there are none."""
    if not steps:
        paper.paragraph(paper.value("", _("Next steps"), rows))
        return
    columns = (
        Column(_("No."), 1.5, "center"),
        Column(_("What"), 9),
        Column(_("Owner"), 3, "center"),
        Column(_("Due"), 3.6, "center"),
    )
    paper.add(
        Table(
            columns,
            tuple(
                (
                    paper.cell(str(number), ""),
                    paper.cell(step.what, _("Next step"), own),
                    paper.cell(step.owner, _("The owner of “{what}”").format(what=step.what), own),
                    paper.cell(step.due, _("The due day of “{what}”").format(what=step.what), own),
                )
                for number, step in enumerate(steps, 1)
                for own in [(step.id,) if step.id else ()]
            ),
        )
    )

"""How a project moves: the stage log, what a stage asks for, and the agreements signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.db import projects as reads
from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.db.unit import Unit
from crm_app.domain import days, project_rules, stages
from crm_app.domain.days import FuzzyDay, Precision
from crm_app.domain.fields import Field, Record, missing, values_of
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, Investor, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.stages import Stage
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome
from crm_app.services.projects.making import write_shares
from crm_app.services.projects.parts import write_park


@dataclass(frozen=True)
class Question:
    """One thing a stage still asks for.

    ``key`` names it in the answers (“project.channel”, “signing.signed_on”, “investor.share”: a sequence of Share);
    ``needed`` ones have no way round, the others may be left open with a reason.
    """

    record: type[Record]
    field: Field
    needed: bool = False

    @property
    def key(self) -> str:
        """The name of the answer."""
        return f"{self.record.table}.{self.field.name}"


@dataclass(frozen=True)
class Signed:
    """The signing made, and what is worth telling."""

    id: UUID
    warnings: tuple[str, ...]


Answers = Mapping[str, Any]


def stage_questions(book: Book, project_id: UUID, stage: Stage) -> list[Question]:
    """Return exactly what a move to ``stage`` still asks for, what skipped stages ask included."""
    with book.read() as reader:
        return _questions(reader, project_id, stage)


def _questions(reader: Reader, project_id: UUID, stage: Stage) -> list[Question]:
    project = reader.get(Project, project_id)
    moments = stages.asked_at(stage)
    asked = [Question(Project, field) for field in missing(Project, values_of(project), moments)]
    if stage in stages.LINE and stages.LINE.index(stage) >= stages.LINE.index(Stage.SIGNED):
        asked += _signing_questions(reader, project_id)
    if stage in stages.NEEDS_EVIDENCE:
        asked.append(Question(StageEntry, StageEntry.field("evidence"), needed=True))
    if stage in stages.ASIDE:
        asked.append(Question(StageEntry, StageEntry.field("reason"), needed=True))
    return asked


def _signing_questions(reader: Reader, project_id: UUID) -> list[Question]:
    asked = []
    parties = reader.find(Investor, project_id=project_id)
    if not parties or sum((one.share or Decimal(0) for one in parties), Decimal(0)) != project_rules.WHOLE:
        asked.append(Question(Investor, Investor.field("share"), needed=True))
    if project_rules.contract_in_force(reader.find(Signing, project_id=project_id)) is None:
        asked += [Question(Signing, Signing.field(name), needed=True) for name in ("signed_on", "amount")]
    if not reader.find(ProjectPark, project_id=project_id):
        asked.append(Question(ProjectPark, ProjectPark.field("park")))
    return asked


def move_stage(
    book: Book,
    project_id: UUID,
    stage: Stage,
    on: date | None = None,
    *,
    answers: Answers | None = None,
) -> Outcome[tuple[str, ...]]:
    """Move a project to a stage on ``on`` (today), writing the ``answers`` to its questions in the same unit.

    Return what is worth telling. Raise BadInput for a step the stage rules forbid, and for what is asked and stays open
    without a reason (“stage_entry.reason”).
    A move to 正式签约 or beyond without a formal contract makes one of “signing.signed_on” and “signing.amount”.
    """
    given = dict(answers or {})
    day = on or clock.today()
    with book.unit(_("Move a project to “{stage}”").format(stage=_(stages.STAGE_LABELS[stage]))) as unit:
        unit.about(unit.get(Project, project_id).name)
        log = reads.stage_log(reads.log(unit, project_id))
        evidence, reason = given.pop("stage_entry.evidence", None), given.pop("stage_entry.reason", None)
        stages.check_move(log, stage, day, evidence=evidence, reason=reason)
        signing = _take_signing(given, day)
        _write_answers(unit, project_id, given, day)
        warnings = project_rules.fixed_warning(unit.get(Project, project_id))
        if signing is not None:
            warnings += _write_signing(unit, project_id, signing)[1]
        _refuse_open(_questions(unit, project_id, stage), evidence, reason)
        unit.insert(StageEntry, project_id=project_id, stage=stage, on=day, evidence=evidence, reason=reason)
        return Outcome(unit.commit(), warnings)


def _take_signing(answers: dict[str, Any], day: date) -> dict[str, Any] | None:
    """Take the formal contract out of the answers: its amount says there is one, its day defaults to the move's."""
    names = [name for name in answers if name.startswith("signing.")]
    values = {name.partition(".")[2]: answers.pop(name) for name in names}
    if values.get("amount") is None:
        return None
    return {"kind": Agreement.FORMAL, **values, "signed_on": values.get("signed_on") or exactly(day)}


def exactly(day: date) -> FuzzyDay:
    """Return a day known exactly, as a signing keeps it."""
    return FuzzyDay(day, day, Precision.DAY)


def _write_answers(unit: Unit, project_id: UUID, answers: Answers, day: date) -> None:
    changed = {}
    for key, value in answers.items():
        table, _dot, name = key.partition(".")
        if table == "project":
            changed[name] = value
        elif key == "investor.share":
            write_shares(unit, project_id, value)
        elif key == "project_park.park":
            if value:
                write_park(unit, project_id, value, day, None)
        else:
            raise KeyError(key)
    unit.update(Project, project_id, **changed)


def _refuse_open(questions: Sequence[Question], evidence: str | None, reason: str | None) -> None:
    said = {"stage_entry.evidence": evidence, "stage_entry.reason": reason}
    still = [one for one in questions if not said.get(one.key)]
    if not still or (reason and not any(one.needed for one in still)):
        return
    needed = [one for one in still if one.needed] if reason else still
    names = _(", ").join(one.field.title for one in needed)
    sentence = (
        _("Please fill in first: {fields}.")
        if any(one.needed for one in needed)
        else _("Please fill in first: {fields}; or give the reason why it is not known yet.")
    )
    raise BadInput(sentence.format(fields=names), field=needed[0].key)


def _write_signing(unit: Unit, project_id: UUID, values: dict[str, Any]) -> tuple[UUID, tuple[str, ...]]:
    before = unit.find(Signing, project_id=project_id)
    kind, rate = values["kind"], values.get("rate")
    project_rules.check_signing(before, kind, values["signed_on"], rate, values.get("rate_on"))
    made = unit.insert(Signing, project_id=project_id, **values)
    return made, project_rules.signing_warnings(before, kind, values["amount"], rate)


def sign(
    book: Book,
    project_id: UUID,
    *,
    kind: Agreement,
    signed_on: FuzzyDay | date,
    amount: Amount | None = None,
    reason: str | None = None,
    answers: Answers | None = None,
    **values: Any,
) -> Outcome[Signed]:
    """Write an agreement down: rate, rate_on, event_id and note may come with it.

    A formal contract of a project that stands before 正式签约 moves it there in the same unit, asking (``answers``,
    ``reason``) what the stage asks. A cancellation without an amount takes the contract's. Raise BadInput or Refused
    as the rules say.
    """
    when = signed_on if isinstance(signed_on, FuzzyDay) else exactly(signed_on)
    with book.unit(_("Sign: {agreement}").format(agreement=Signing.field("kind").kind.show(kind))) as unit:
        unit.about(unit.get(Project, project_id).name)
        if amount is None and kind is Agreement.CANCELLATION:
            contract = project_rules.contract_in_force(unit.find(Signing, project_id=project_id))
            amount = contract.amount if contract else None
        signing, told = _write_signing(unit, project_id, {"kind": kind, "signed_on": when, "amount": amount, **values})
        _write_answers(unit, project_id, answers or {}, when.first)
        _stage_of_signing(unit, project_id, kind, when, reason)
        return Outcome(unit.commit(), Signed(signing, told))


def _stage_of_signing(unit: Unit, project_id: UUID, kind: Agreement, when: FuzzyDay, reason: str | None) -> None:
    """Write the progress entry that follows from an agreement, if the project stands before it."""
    entries = reads.stage_log(reads.log(unit, project_id))
    if kind is not Agreement.FORMAL or stages.has_reached(entries, Stage.SIGNED):
        return
    # A day known only to the month has certainly come by the month's end; today is the last it can have been.
    day = when.first if when.precision is Precision.DAY else min(when.last, clock.today())
    day = max(day, entries[-1][1]) if entries and when.precision is not Precision.DAY else day
    stages.check_move(entries, Stage.SIGNED, day, evidence=None, reason=reason)
    _refuse_open(_questions(unit, project_id, Stage.SIGNED), None, reason)
    if not reason and not when.exact:
        # Where the entry goes without its agreement, in a sheet, its day is not to be taken for one that is known.
        reason = _("Signed {when}, the day is not known").format(when=days.show_day(when))
    unit.insert(StageEntry, project_id=project_id, stage=Stage.SIGNED, on=day, reason=reason)


def switch_count(book: Book, signing_id: UUID, projects: int | None, yuan: int | None, reason: str) -> Outcome[None]:
    """Count a signing otherwise than the rule (None: as the rule says); raise BadInput without a reason."""
    if not reason.strip():
        raise BadInput(_("Please give the reason for counting otherwise."), field="count_reason")
    with book.unit(_("Count a signing otherwise")) as unit:
        writing.about(unit, Project, unit.get(Signing, signing_id).project_id)
        unit.update(Signing, signing_id, counted_projects=projects, counted_yuan=yuan, count_reason=reason.strip())
        return Outcome(unit.commit(), None)

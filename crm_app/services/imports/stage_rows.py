"""What a row says of a project's progress: the stage it reached on a day, or a column of days for every stage."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from crm_app import clock
from crm_app.domain import project_rules, stages
from crm_app.domain.days import FuzzyDay
from crm_app.domain.import_kinds import MILESTONE_DAYS, STAGE_DAYS, STAGE_EVIDENCE
from crm_app.domain.import_rows import REMARKS, Parsed
from crm_app.domain.projects import Agreement, Investor, Signing, StageEntry
from crm_app.domain.stages import LINE, STAGE_LABELS, Stage
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.imports import vague
from crm_app.services.imports.drafts import Draft, Notes, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.milestone_rows import take_milestone_days
from crm_app.services.imports.project_named import find_project
from crm_app.services.imports.shelf import Shelf

_AGREED = {Stage.STARTED: "agreed_start_on", Stage.PRODUCING: "agreed_production_on"}
"""What a project has agreed on for a stage it has not reached."""


class _Entry(NamedTuple):
    """One progress entry as a row tells it; ``known`` is its day as precisely as the row knows it.

    ``says_why``: the reason is the row's own, and goes before one that the log has.
    """

    stage: Stage
    on: date
    known: FuzzyDay
    evidence: str | None = None
    reason: str | None = None
    says_why: bool = False


def take_stage_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a progress ledger: all of its entries, or none with the reason.

    An entry of the book is the one of that stage; it keeps its day unless the row carries its id. A new one may lie
    before later ones, so long as the log runs forward.
    """
    project = find_project(shelf, notes, row.values)
    entries = _entries(notes, row.values)
    if project is None or notes.reasons:
        return
    notes.title = project.get("name")
    for stage in _ahead(row.values):
        put(project, notes, {_AGREED[stage]: row.values[f"stage.{stage.value}"].last})
    take_milestone_days(shelf, notes, project, row.values)
    row_id = row.values.get("stage_entry.id")
    own = shelf.with_id(StageEntry, row_id)
    if own is not None and len(entries) == 1:
        _correct(shelf, notes, project, own, entries[0])
        return
    if row_id is None:
        entries = [one._replace(reason=vague.as_known(one.known, one.reason)) for one in entries]
    log = _log(shelf, project)
    fresh = [one for one in entries if not _known(shelf, notes, project, one)]
    for one in fresh:
        try:
            _check(shelf, project, log, one)
        except BadInput as error:
            notes.reasons.append(str(error))
            return
        log.append((one.stage, one.on))
    for one in fresh:
        _make(shelf, project, one, row_id if len(entries) == 1 else None)
    notes.made = bool(fresh)


def take_stage_days(shelf: Shelf, notes: Notes, project: Draft, values: Any) -> None:
    """Take the days of stages that stand beside what else a row says of its project (开工时间, 投产时间).

    One that lies ahead is agreed, not reached. What has no place in the log is left out and remarked.
    """
    told = sorted((values[target].first, stage, target) for target, stage in STAGE_DAYS.items() if target in values)
    log, ahead = _log(shelf, project), _ahead(values)
    for first, stage, target in told:
        known = values[target]
        if stage in ahead:
            put(project, notes, {_AGREED[stage]: known.last})
        if first > clock.today():
            continue
        evidence = next((values.get(name) for name, of in STAGE_EVIDENCE.items() if of is stage), None)
        one = _entry(notes, stage, known, evidence, None)
        one = one._replace(reason=vague.as_known(known, _("Says the imported ledger")))
        if _known(shelf, notes, project, one):
            continue
        try:
            _check(shelf, project, log, one)
        except BadInput as error:
            words = _("“{stage}” on {day} was left out: {reason}")
            shown = StageEntry.field("on").kind.show(one.on)
            notes.remarks.append(words.format(stage=_(STAGE_LABELS[stage]), day=shown, reason=error))
            continue
        log.append((stage, one.on))
        _make(shelf, project, one, None)
        if project.id is not None:
            notes.added.append(_(STAGE_LABELS[stage]))


def _make(shelf: Shelf, project: Draft, one: _Entry, row_id: UUID | None) -> None:
    shelf.make(
        StageEntry,
        "project_id",
        row_id=row_id,
        project_id=project.reference,
        stage=one.stage,
        on=one.on,
        evidence=one.evidence,
        reason=one.reason,
    )


def _entries(notes: Notes, values: Any) -> list[_Entry]:
    """Return the entries a row tells, the earliest first; the reasons in ``notes``."""
    said = part(values, "stage_entry")
    evidence, reason = said.get("evidence"), said.get("reason")
    found = []
    ahead = _ahead(values)
    for target, stage in STAGE_DAYS.items():
        if target in values and stage not in ahead:
            own = next((values.get(name) for name, of in STAGE_EVIDENCE.items() if of is stage), None)
            found.append(_entry(notes, stage, values[target], own or evidence, reason))
    if said.get("stage") and said.get("on"):
        found.append(_entry(notes, said["stage"], said["on"], evidence, reason))
    elif said.get("stage") and not found:
        notes.reasons.append(_("The day on which the project reached the stage is missing."))
    elif not found and not ahead and not values.keys() & {*MILESTONE_DAYS, REMARKS}:
        notes.reasons.append(_("The stage is missing."))
    if any(one.on > clock.today() for one in found):
        notes.reasons.append(_("The day of a stage lies in the future; plans are no progress."))
    return sorted(found, key=lambda one: (one.on, list(Stage).index(one.stage)))


def _ahead(values: Any) -> list[Stage]:
    """Return the stages whose columns name a day that lies ahead, and is agreed."""
    return [stage for stage in _AGREED if (on := values.get(f"stage.{stage.value}")) and on.first > clock.today()]


def _entry(notes: Notes, stage: Stage, known: FuzzyDay, evidence: str | None, reason: str | None) -> _Entry:
    return _Entry(stage, vague.dated(notes, known, by_today=True), known, evidence, reason, reason is not None)


def _log(shelf: Shelf, project: Draft) -> list[tuple[Stage, date]]:
    known = shelf.children(StageEntry, "project_id", project)
    return [(one.get("stage"), one.get("on")) for one in known]


def _known(shelf: Shelf, notes: Notes, project: Draft, said: _Entry) -> bool:
    """Say whether the log has the entry; what the row adds to it is put in, another day of it is remarked."""
    alike = [one for one in shelf.children(StageEntry, "project_id", project) if one.get("stage") is said.stage]
    same_day = next((one for one in alike if one.get("on") == said.on), None)
    if same_day is not None:
        reason = said.reason if said.says_why or not same_day.get("reason") else None
        put(same_day, notes, {"evidence": said.evidence, "reason": reason})
        return True
    if not alike or said.stage not in LINE:
        return False
    notes.remarks.append(
        _("The log says “{stage}” on {day}, which is kept; correct it in the project if that is wrong.").format(
            stage=_(STAGE_LABELS[said.stage]), day=StageEntry.field("on").kind.show(alike[0].get("on"))
        )
    )
    return True


def _check(shelf: Shelf, project: Draft, log: list[tuple[Stage, date]], said: _Entry) -> None:
    """Raise BadInput where an entry does not fit into the log at its day, or what it stands on is not in the book."""
    stages.check_place(log, said.stage, said.on, evidence=said.evidence, reason=said.reason)
    if said.stage in LINE and LINE.index(said.stage) >= LINE.index(Stage.SIGNED):
        signings = shelf.children(Signing, "project_id", project)
        if not any(one.get("kind") is Agreement.FORMAL for one in signings):
            raise BadInput(
                _("“{name}” has no formal contract in the book; import its signing first.").format(
                    name=project.get("name")
                )
            )
        shares = [one.get("share") or Decimal(0) for one in shelf.children(Investor, "project_id", project)]
        if sum(shares, Decimal(0)) != project_rules.WHOLE:
            raise BadInput(
                _("The investors of “{name}” do not hold 100 % together; name them with their shares first.").format(
                    name=project.get("name")
                )
            )


def _correct(shelf: Shelf, notes: Notes, project: Draft, own: Draft, said: _Entry) -> None:
    """Change the entry whose id the row carries, where the log still runs forward then."""
    others = [
        (one.get("stage"), one.get("on")) for one in shelf.children(StageEntry, "project_id", project) if one is not own
    ]
    if said.known.touches(own.get("on"), own.get("on")) and not said.known.exact:
        # The row knows no better: what stands in the log is within what it says.
        said = said._replace(on=own.get("on"))
    try:
        _check(shelf, project, others, said)
    except BadInput as error:
        notes.reasons.append(str(error))
        return
    put(own, notes, {"stage": said.stage, "on": said.on, "evidence": said.evidence, "reason": said.reason})

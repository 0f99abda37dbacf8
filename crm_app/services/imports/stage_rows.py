"""What a row says of a project's progress: the stage it reached on a day, or a column of days for every stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from crm_app import clock
from crm_app.domain import project_rules, stages
from crm_app.domain.import_kinds import STAGE_DAYS, STAGE_EVIDENCE
from crm_app.domain.import_rows import Parsed
from crm_app.domain.projects import Agreement, Investor, Signing, StageEntry
from crm_app.domain.stages import LINE, STAGE_LABELS, Stage
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.imports.drafts import Draft, Notes, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.project_named import find_project
from crm_app.services.imports.shelf import Shelf


@dataclass(frozen=True)
class _Entry:
    """One progress entry as a row tells it."""

    stage: Stage
    on: date
    evidence: str | None = None
    reason: str | None = None


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
    row_id = row.values.get("stage_entry.id")
    own = shelf.with_id(StageEntry, row_id)
    if own is not None and len(entries) == 1:
        _correct(shelf, notes, project, own, entries[0])
        return
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
        shelf.make(
            StageEntry,
            "project_id",
            row_id=row_id if len(entries) == 1 else None,
            project_id=project.reference,
            stage=one.stage,
            on=one.on,
            evidence=one.evidence,
            reason=one.reason,
        )
    notes.made = bool(fresh)


def _entries(notes: Notes, values: Any) -> list[_Entry]:
    """Return the entries a row tells, the earliest first; the reasons in ``notes``."""
    said = part(values, "stage_entry")
    evidence, reason = said.get("evidence"), said.get("reason")
    found = []
    for target, stage in STAGE_DAYS.items():
        if target in values:
            own = next((values.get(name) for name, of in STAGE_EVIDENCE.items() if of is stage), None)
            found.append(_Entry(stage, values[target], own or evidence, reason))
    if said.get("stage") and said.get("on"):
        found.append(_Entry(said["stage"], said["on"], evidence, reason))
    elif said.get("stage") and not found:
        notes.reasons.append(_("The day on which the project reached the stage is missing."))
    elif not found:
        notes.reasons.append(_("The stage is missing."))
    if any(one.on > clock.today() for one in found):
        notes.reasons.append(_("The day of a stage lies in the future; plans are no progress."))
    return sorted(found, key=lambda one: (one.on, list(Stage).index(one.stage)))


def _log(shelf: Shelf, project: Draft) -> list[tuple[Stage, date]]:
    known = shelf.children(StageEntry, "project_id", project)
    return [(one.get("stage"), one.get("on")) for one in known]


def _known(shelf: Shelf, notes: Notes, project: Draft, said: _Entry) -> bool:
    """Say whether the log has the entry; what the row adds to it is put in, another day of it is remarked."""
    alike = [one for one in shelf.children(StageEntry, "project_id", project) if one.get("stage") is said.stage]
    same_day = next((one for one in alike if one.get("on") == said.on), None)
    if same_day is not None:
        put(same_day, notes, {"evidence": said.evidence, "reason": said.reason})
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
    try:
        _check(shelf, project, others, said)
    except BadInput as error:
        notes.reasons.append(str(error))
        return
    put(own, notes, {"stage": said.stage, "on": said.on, "evidence": said.evidence, "reason": said.reason})

"""The stages of a project (阶段) and the rules they follow: an order, no step back in time, evidence where it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from crm_app.domain.fields import When
from crm_app.errors import BadInput
from crm_app.i18n import N_, _


class Stage(StrEnum):
    """The stages in order, then the two reversible ways out."""

    NEGOTIATING = "negotiating"
    REVIEW = "review"
    MOU = "mou"
    SIGNED = "signed"
    STARTED = "started"
    PRODUCING = "producing"
    FULL_CAPACITY = "full_capacity"
    ON_HOLD = "on_hold"
    LOST = "lost"


STAGE_LABELS = {
    Stage.NEGOTIATING: N_("Negotiating"),
    Stage.REVIEW: N_("Review"),
    Stage.MOU: N_("Framework or intent"),
    Stage.SIGNED: N_("Formally signed"),
    Stage.STARTED: N_("Under construction"),
    Stage.PRODUCING: N_("Producing"),
    Stage.FULL_CAPACITY: N_("At full capacity"),
    Stage.ON_HOLD: N_("On hold"),
    Stage.LOST: N_("Lost"),
}

LINE = tuple(Stage)[:7]
"""The stages a project moves along, in order."""

ASIDE = (Stage.ON_HOLD, Stage.LOST)
"""Reversible: a project comes back to the stage it left."""

NEEDS_EVIDENCE = (Stage.STARTED, Stage.PRODUCING)


def asked_at(stage: Stage) -> tuple[When, ...]:
    """Return the moments whose fields a project must have filled to stand at ``stage``, skipped stages included."""
    if stage in ASIDE or stage is Stage.NEGOTIATING:
        return ()
    if stage in (Stage.REVIEW, Stage.MOU):
        return (When.REVIEW,)
    return (When.REVIEW, When.SIGN)


def standing(entries: Sequence[tuple[Stage, date]]) -> Stage:
    """Return the stage the log (in order of entry) leaves a project at; NEGOTIATING for an empty log."""
    return entries[-1][0] if entries else Stage.NEGOTIATING


def line_standing(entries: Sequence[tuple[Stage, date]]) -> Stage:
    """Return the last stage on the line: where a project on hold or lost would come back to."""
    on_line = [stage for stage, _on in entries if stage in LINE]
    return on_line[-1] if on_line else Stage.NEGOTIATING


def check_move(
    entries: Sequence[tuple[Stage, date]], stage: Stage, on: date, *, evidence: str | None, reason: str | None
) -> None:
    """Raise BadInput where a project with this log may not move to ``stage`` on ``on``.

    Stages may be skipped, never gone back along the line; dates never run backwards; 开工 and 投产 want evidence,
    搁置 and 终止 a reason. A project on hold or lost comes back to the stage it left or a later one.
    """
    if entries and on < entries[-1][1]:
        raise BadInput(
            _("The day lies before the last entry ({day}); progress never runs backwards.").format(day=entries[-1][1]),
            field="on",
        )
    if entries and stage is entries[-1][0]:
        raise BadInput(_("The project already stands at “{stage}”.").format(stage=_(STAGE_LABELS[stage])), field="stage")
    if stage in ASIDE:
        if not reason:
            raise BadInput(_("Please give the reason."), field="reason")
        return
    if LINE.index(stage) < LINE.index(line_standing(entries)):
        raise BadInput(
            _("The project was already at “{stage}”; undo that entry instead of moving back.").format(
                stage=_(STAGE_LABELS[line_standing(entries)])
            ),
            field="stage",
        )
    if stage in NEEDS_EVIDENCE and not evidence:
        raise BadInput(_("Please name the evidence (permit, photo, document)."), field="evidence")

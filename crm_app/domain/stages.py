"""The stages of a project (阶段) and their rules: an order, no step back in time, evidence where it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from crm_app.domain import days
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
"""Reversible: a project comes back to the stage it left, or a later one."""

NEEDS_EVIDENCE = (Stage.STARTED, Stage.PRODUCING)

STALLED_AFTER_DAYS = 30
"""A project nobody touched for longer than this is shown as stalled."""

MAY_STALL = LINE[:3]

Log = Sequence[tuple[Stage, date]]
"""A project's progress entries in the order they were made; their days never run backwards."""


def asked_at(stage: Stage) -> tuple[When, ...]:
    """Return the moments whose fields are asked for at ``stage``, those of skipped stages included."""
    if stage in ASIDE or stage is Stage.NEGOTIATING:
        return ()
    if stage in (Stage.REVIEW, Stage.MOU):
        return (When.REVIEW,)
    return (When.REVIEW, When.SIGN)


def standing(entries: Log) -> Stage:
    """Return the stage the log leaves a project at; NEGOTIATING for an empty log."""
    return entries[-1][0] if entries else Stage.NEGOTIATING


def line_standing(entries: Log) -> Stage:
    """Return the last stage on the line: where a project on hold or lost comes back to."""
    return next((stage for stage, _on in reversed(entries) if stage in LINE), Stage.NEGOTIATING)


def following(stage: Stage) -> Stage | None:
    """Return the stage after one of the line; None at its end, and for what is put aside."""
    return LINE[LINE.index(stage) + 1] if stage in LINE[:-1] else None


def has_reached(entries: Log, stage: Stage) -> bool:
    """Say whether the project stands at ``stage`` of the line or beyond, or stood there when it was put aside."""
    return LINE.index(line_standing(entries)) >= LINE.index(stage)


def open_to(entries: Log) -> tuple[Stage, ...]:
    """Return the stages a project may move to now, in order: what a dialog offers."""
    here = standing(entries)
    first = LINE.index(line_standing(entries))
    return tuple(stage for stage in (*LINE[first:], *ASIDE) if not entries or stage is not here)


def check_move(entries: Log, stage: Stage, on: date, *, evidence: str | None, reason: str | None) -> None:
    """Raise BadInput where a project with this log may not move to ``stage`` on ``on``.

    Stages may be skipped, never gone back along the line; dates never run backwards; 开工 and 投产 want evidence,
    搁置 and 终止 a reason. A project on hold or lost comes back to the stage it left or a later one.
    """
    if entries and on < entries[-1][1]:
        raise BadInput(
            _("The day lies before the last entry ({day}); progress never runs backwards.").format(
                day=days.show_date(entries[-1][1])
            ),
            field="on",
        )
    if entries and stage is standing(entries):
        raise BadInput(
            _("The project already stands at “{stage}”.").format(stage=_(STAGE_LABELS[stage])), field="stage"
        )
    if stage not in open_to(entries):
        raise BadInput(
            _("The project was already at “{stage}”; undo that entry instead of moving back.").format(
                stage=_(STAGE_LABELS[line_standing(entries)])
            ),
            field="stage",
        )
    if stage in ASIDE and not (reason or "").strip():
        raise BadInput(_("Please give the reason."), field="reason")
    if stage in NEEDS_EVIDENCE and not (evidence or "").strip():
        raise BadInput(_("Please name the evidence (permit, photo, document)."), field="evidence")


def check_place(entries: Log, stage: Stage, on: date, *, evidence: str | None, reason: str | None) -> None:
    """Raise BadInput where ``stage`` on ``on`` has no place in a log, whose entries may come in any order.

    For what is told afterwards: an entry may lie before later ones, so long as the log still runs forward.
    """
    order = sorted(entries, key=lambda entry: (entry[1], tuple(Stage).index(entry[0])))
    before = [entry for entry in order if (entry[1], tuple(Stage).index(entry[0])) <= (on, tuple(Stage).index(stage))]
    check_move(before, stage, on, evidence=evidence, reason=reason)
    for later, day in order[len(before) :]:
        if stage in LINE and later in LINE and LINE.index(later) <= LINE.index(stage):
            raise BadInput(
                _("The log says “{stage}” on {day}; progress never runs backwards.").format(
                    stage=_(STAGE_LABELS[later]), day=days.show_date(day)
                ),
                field="on",
            )


def stalled_days(stage: Stage, last_touched: date | None, today: date) -> int | None:
    """Return the days since anything happened, where they are over 30; None for a lively or settled project.

    What touches a project: a progress entry, a follow-up, a visit to one of its investors. Only what is still to be
    signed stalls: after that the agreed days of start and production say what is late.
    """
    if stage not in MAY_STALL or last_touched is None:
        return None
    still = (today - last_touched).days
    return still if still > STALLED_AFTER_DAYS else None

"""What a row of a ranking notice says: board, period, place out of how many, and what was achieved of which metric.

Targets that stand beside what was achieved are never taken here.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from crm_app.domain import import_achieved, import_goals, import_titles, numerals
from crm_app.domain.import_achieved import Announced
from crm_app.domain.import_headers import split_unit
from crm_app.domain.import_rows import Parsed
from crm_app.domain.targets import METRIC_LABELS, Metric, Ranking, whole
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.imports import measured
from crm_app.services.imports.drafts import Notes, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.shelf import Shelf

_RANK = re.compile(r"(?:并列)?第?\s*(\d+|[一二三四五六七八九十百]+)\s*(?:名|位)?(?:\s*[/／]\s*(\d+))?")


def take_ranking_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a ranking notice. One that tells somebody else's place is left aside, and counted among them.

    A rank in the book is the one of that board, period, group and metric. A row without a place writes nothing: what it
    says was achieved is there to be compared.
    """
    said = part(row.values, "ranking")
    subject, unit = said.pop("subject", ""), ""
    if subject and measured.is_unit(subject):
        subject, unit = "", subject
    notes.title = subject or said.get("metric") or str(said.get("board") or "")
    if subject and not _ours(shelf, notes, subject):
        return
    for name in ("goal", "rate"):
        said.pop(name, None)
    for name in ("board", "period"):
        if not said.get(name):
            notes.reasons.append(_("{field} is missing.").format(field=Ranking.field(name).title))
    if notes.reasons:
        return
    row_id = row.values.get("ranking.id")
    places = [one for told in _told(said) if (one := _read(shelf, notes, told, unit, held=row_id is not None))]
    if notes.reasons:
        return
    made = [_take(shelf, notes, one, row_id) for one in places]
    notes.made = any(made)
    if places:
        notes.title = " ".join((_board(places[0]), places[0]["period"]))
    else:
        notes.remarks.append(_("No place is told, so nothing is written; the figures are there to be compared."))


def _told(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a row tells, one by one: of each metric that is a column, and of the row itself."""
    columns: dict[Metric, dict[str, Any]] = {}
    for name in list(said):
        found = import_achieved.part_of(f"ranking.{name}")
        if found is not None:
            columns.setdefault(found[1], {})[found[0]] = said.pop(name)
    own: dict[str, Any] = {name: said.pop(name) for name in ("metric", "value", "rank", "of") if name in said}
    told = [{**said, **cells, "metric": metric} for metric, cells in columns.items()]
    return [*told, {**said, **own}] if own.keys() & {"value", "rank"} or not told else told


def _read(shelf: Shelf, notes: Notes, said: dict[str, Any], unit: str, *, held: bool) -> dict[str, Any] | None:
    """Return one ranking as the book keeps it, None where no place is told; note what was achieved."""
    said = {name: value for name, value in said.items() if name != "goal"}
    key = (said["board"], said["period"], said.get("group"))
    called, written = said.pop("metric", None), said.pop("value", None)
    metric = _metric(called)
    if metric is not None:
        said["metric"] = metric
        if written:
            of_name = split_unit(called)[1] if isinstance(called, str) else ""
            _read_value(notes, said, written, unit or of_name, held=held)
    elif called:
        said["board"] = _("{board} ({metric})").format(board=said["board"], metric=called)
    if not said.get("rank"):
        if not written:
            notes.reasons.append(_("The rank is missing; write it as 2, 第2名 or 2/12."))
        return None
    if not _read_rank(notes, said):
        return None
    said.setdefault("of", shelf.ranked.get((*key, str(called or "")), shelf.ranked.get((*key, ""))))
    if said["of"] is not None and said["rank"] > said["of"]:
        notes.reasons.append(_("Out of how many is less than the rank; write it as 2/12."))
        return None
    return said


def _board(said: dict[str, Any]) -> str:
    """Return what is ranked, with the metric where it is one of several."""
    metric = said.get("metric")
    if metric is None:
        return str(said["board"])
    return _("{board} ({metric})").format(board=said["board"], metric=_(METRIC_LABELS[metric]))


def _metric(called: object) -> Metric | None:
    """Return the metric a column or a cell names, as superiors call it or as this program does."""
    if isinstance(called, Metric):
        return called
    if not called:
        return None
    goal = import_goals.goal_of(import_goals.target_of(str(called)))
    if goal and goal.metric:
        return goal.metric
    try:
        parsed: Metric | None = Ranking.field("metric").kind.parse(str(called))
    except BadInput:
        return None
    return parsed


def _read_value(notes: Notes, said: dict[str, Any], written: str, unit: str, *, held: bool) -> None:
    """Read what was achieved, and note it for comparing where the period is one of days; else say that it is none."""
    try:
        said["value"] = measured.value_of(said["metric"], written, unit, held=held)
    except BadInput as error:
        notes.remarks.append(_("{field}: {reason}").format(field=Ranking.field("value").title, reason=error))
        return
    try:
        first, last = import_titles.period_of(said["period"], None)
    except BadInput:
        return
    notes.announced.append(Announced(said["metric"], first, last, said["value"]))


def _take(shelf: Shelf, notes: Notes, said: dict[str, Any], row_id: UUID | None) -> bool:
    """Take one ranking and say whether it is a new one."""
    key = ("board", "period", "group", "metric")
    same = (one for one in shelf.drafts[Ranking] if all(one.get(name) == said.get(name) for name in key))
    found = shelf.with_id(Ranking, row_id) or next(same, None)
    if found is not None:
        put(found, notes, said)
        return False
    shelf.make(Ranking, row_id=row_id, **said)
    return True


def _ours(shelf: Shelf, notes: Notes, subject: str) -> bool:
    if whole(subject, shelf.bureau):
        return True
    if shelf.bureau:
        notes.remarks.append(_("Another's place; it only counts among how many there are."))
    else:
        notes.reasons.append(_("Say what your bureau is called in Settings, General, so that your own row is known."))
    return False


def _read_rank(notes: Notes, said: dict[str, Any]) -> bool:
    read = _RANK.fullmatch(str(said.get("rank") or "").strip())
    number = numerals.read(read[1]) if read and not read[1].isdigit() else read and read[1]
    if not number:
        notes.reasons.append(_("The rank is missing; write it as 2, 第2名 or 2/12."))
        return False
    said["rank"] = int(number)
    if read and read[2]:
        said.setdefault("of", int(read[2]))
    return True

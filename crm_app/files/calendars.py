"""Calendars (iCalendar, RFC 5545) as rows the importer knows: what this program wrote out, and those of any other.

Our own entries say by their UIDs what they are; of other calendars each event is taken for a visit, or for a reception
where it begins with 接待, and what is to be done for a next step. What was called off never was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from crm_app.domain.import_headers import ROW_ID
from crm_app.files.card_lines import Line, blocks, first, own_id, plain_first
from crm_app.files.card_writing import ENTERPRISE, PROJECT, UID_END
from crm_app.files.cells import Cell
from crm_app.files.unreadable import Unreadable
from crm_app.i18n import _

_VISIT = re.compile(r"\s*(?:拜访|走访|会见|考察)[:：\s]*(.+)")
"""A calendar entry that says whom one visits: 拜访 渝能电池."""
_RECEPTION = re.compile(r"\s*接待[:：\s]*(.+)")
"""As calendars call who comes: 接待：张总一行5人."""
_GUEST = re.compile(r"(.+?(?:公司|集团|研究院|研究所))(?:等?一行.*|.{0,4}(?:来访|考察).*)?")
"""Who comes where an enterprise does: 云岭电机有限公司一行5人."""
_FOLLOW_UP = re.compile(r"跟进\((?P<mode>[^)]*)\)(?:：(?P<whom>.+))?")
"""As our own calendars call a follow-up: 跟进(电话)：渝能电池."""

HEADERS = {
    "trip": ("批次名称", "出发日期", "返回日期", "外出目的", ROW_ID),
    "visit": ("拜访日期", "时段", "企业名称", "洽谈内容", "地点", ROW_ID),
    "reception": ("来访日期", "具体时间", "来访人员", "来访企业", "接待情况", "考察点位", ROW_ID),
    "follow_up": ("跟进日期", "时段", "跟进方式", "企业名称", "项目名称", "跟进内容", ROW_ID),
    "task": ("下一步", "完成时限", "完成日期", "企业名称", "项目名称", ROW_ID),
}
"""What can be read of a calendar, as records, with the headers of its rows; what is referred to stands first."""


def read_calendar(data: bytes) -> dict[str, list[list[Cell]]]:
    """Return headers and rows by what they are records of; raise Unreadable, or UnknownEncoding."""
    rows: dict[str, list[list[Cell]]] = {record: [] for record in HEADERS}
    for kind, block in blocks(data, ("VEVENT", "VTODO")):
        record = _record_of(kind, block)
        if record in rows:
            rows[record].append(_READ[record](block))
    found = dict[str, list[list[Cell]]]()
    for record, of in rows.items():
        if of:
            found[record] = [[_(header) if header == ROW_ID else header for header in HEADERS[record]], *of]
    if not found:
        raise Unreadable("no_card")
    return found


def _record_of(kind: str, block: list[Line]) -> str:
    uid = plain_first(block, "UID") or ""
    if uid.endswith(UID_END):
        return uid.partition("-")[0]
    if (plain_first(block, "STATUS") or "").upper() == "CANCELLED":
        return ""
    if kind == "VTODO":
        return "task"
    return "reception" if _RECEPTION.fullmatch(plain_first(block, "SUMMARY") or "") else "visit"


def _trip(block: list[Line]) -> list[Cell]:
    start, end = _day(block, "DTSTART"), _day(block, "DTEND")
    # The end of days is the day after the last.
    last = end - timedelta(days=1) if end and start and end > start else None
    return [plain_first(block, "SUMMARY"), start, last, plain_first(block, "DESCRIPTION"), own_id(block, "trip")]


def _visit(block: list[Line]) -> list[Cell]:
    day, time = _start(block)
    summary = plain_first(block, "SUMMARY")
    visited = _VISIT.fullmatch(summary) if summary else None
    own = own_id(block, "visit")
    told = "\n".join(text for text in (None if own else summary, plain_first(block, "DESCRIPTION")) if text)
    whom = visited.group(1).strip() if visited else None
    return [day, time, whom, told or None, plain_first(block, "LOCATION"), own]


def _reception(block: list[Line]) -> list[Cell]:
    day, time = _start(block)
    called = _RECEPTION.fullmatch(plain_first(block, "SUMMARY") or "")
    guests = called.group(1).strip() if called else None
    told, shown, own = plain_first(block, "DESCRIPTION"), plain_first(block, "LOCATION"), own_id(block, "reception")
    named = _GUEST.fullmatch(guests) if guests and not own else None
    whom = named.group(1) if named else plain_first(block, ENTERPRISE)
    return [day, time, guests, whom, told, shown, own]


def _follow_up(block: list[Line]) -> list[Cell]:
    day, time = _start(block)
    called = _FOLLOW_UP.fullmatch(plain_first(block, "SUMMARY") or "")
    mode, whom = called.group("mode", "whom") if called else (None, None)
    said = plain_first(block, "DESCRIPTION")
    return [day, time, mode, whom, plain_first(block, PROJECT), said, own_id(block, "follow_up")]


def _task(block: list[Line]) -> list[Cell]:
    own = own_id(block, "task")
    if not own:
        return _foreign_task(block)
    what, enterprise = plain_first(block, "SUMMARY"), plain_first(block, "DESCRIPTION")
    done = first(block, "COMPLETED")
    # Written as the start of that day in UTC, since the standard knows nothing else.
    done_on = _moment(Line("", "", done.value.strip()[:8]))[0] if done else None
    return [what, _day(block, "DUE"), done_on, enterprise, plain_first(block, PROJECT), own]


def _foreign_task(block: list[Line]) -> list[Cell]:
    """Return what is to be done by another calendar: its words are no enterprise, and it knows when it was done."""
    done_on = _day(block, "COMPLETED")
    if done_on is None and (plain_first(block, "STATUS") or "").upper() == "COMPLETED":
        done_on = _day(block, "LAST-MODIFIED") or _day(block, "DTSTAMP") or _day(block, "DUE")
    said = [" ".join(text.split()) for name in ("SUMMARY", "DESCRIPTION") if (text := plain_first(block, name))]
    return [_("; ").join(said) or None, _day(block, "DUE"), done_on, None, None, None]


_READ: dict[str, Callable[[list[Line]], list[Cell]]] = {
    "trip": _trip,
    "visit": _visit,
    "reception": _reception,
    "follow_up": _follow_up,
    "task": _task,
}


def _day(block: list[Line], name: str) -> date | None:
    line = first(block, name)
    return _moment(line)[0] if line else None


def _start(block: list[Line]) -> tuple[date | None, str | None]:
    start = first(block, "DTSTART")
    return _moment(start) if start else (None, None)


def _moment(line: Line) -> tuple[date | None, str | None]:
    """Return the day and the time on the wall; UTC is brought to the laptop's zone, other zones are taken as local."""
    found = re.fullmatch(r"(\d{8})(?:T(\d{4})(?:\d\d)?(Z?))?", line.value.strip().upper())
    if not found:
        return None, None
    try:
        if not found.group(2):
            return datetime.strptime(found.group(1), "%Y%m%d").replace(tzinfo=UTC).date(), None
        moment = datetime.strptime(found.group(1) + found.group(2), "%Y%m%d%H%M").replace(tzinfo=UTC)
        local = moment.astimezone() if found.group(3) else moment
    except (ValueError, OverflowError):
        return None, None
    return local.date(), f"{local:%H:%M}"

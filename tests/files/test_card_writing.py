"""What is written as cards and calendars comes back through our own reader, folded and escaped as the standards say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_app.files import calendars, card_writing, cards
from crm_app.files.card_writing import Card, Entry
from crm_app.files.unreadable import Unreadable

ID = UUID("0193c6a1-0000-7000-8000-000000000001")
STAMP = datetime(2023, 6, 14, 1, 2, 3, tzinfo=UTC)
chars = st.sampled_from(";,\\:\"'=+䶮渝能电池 nN\t") | st.characters(categories=["L", "N", "P", "S"])
words = st.text(chars, min_size=1, max_size=60).map(str.strip).filter(bool)
lines = st.lists(words, min_size=1, max_size=3).map("\n".join)


def octets(data: bytes) -> int:
    return max(map(len, data.split(b"\r\n")))


@given(words, words, words, words)
@example("=1+1", "a;b,c\\n", "\\", "重庆市" * 30)
@example("0", "0\\", "0", "\\")
def test_a_card_comes_back(name: str, enterprise: str, title: str, address: str) -> None:
    card = Card(ID, name, enterprise, title, "+8613800000001", "a@b.cn", address, ("023-8765 4321",), f"爱茶\n{title}")
    data = b"".join(card_writing.cards([card]))
    assert octets(data) <= 75
    _header, row = cards.read_contacts(data)
    numbers = "+8613800000001; 023-8765 4321"
    assert row == [enterprise, name, title, numbers, "a@b.cn", address, f"爱茶\n{title}", str(ID)]


@given(words, lines, words, st.sampled_from(("", "09:30", "14:00")), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
@example(":", "0", "0", "", date(2000, 1, 1))
def test_a_visit_comes_back(enterprise: str, talk: str, place: str, time: str, on: date) -> None:
    entry = Entry(ID, "visit", f"拜访：{enterprise}", on, None, time, talk, place)
    data = b"".join(card_writing.calendar([entry], STAMP))
    assert octets(data) <= 75
    _header, row = calendars.read_calendar(data)["visit"]
    assert row[0] == on
    assert row[1] == (time or None)
    # A name that is nothing but punctuation is one all the same.
    assert row[2] == (enterprise.lstrip(":： \t") or enterprise[-1])
    assert row[3:] == [talk, place, str(ID)]


def test_days_end_on_the_day_after_and_what_is_due_is_a_task() -> None:
    trip = Entry(ID, "trip", "赴沪招商", date(2023, 5, 30), date(2023, 6, 2))
    step = Entry(ID, "task", "回访", date(2023, 6, 30), todo=True, done_on=date(2023, 6, 20))
    text = b"".join(card_writing.calendar([trip, step], STAMP)).decode()
    assert "DTSTART;VALUE=DATE:20230530\r\nDTEND;VALUE=DATE:20230603\r\n" in text
    assert "BEGIN:VTODO\r\n" in text
    assert "DUE;VALUE=DATE:20230630\r\nSTATUS:COMPLETED\r\n" in text
    assert f"UID:trip-{ID}@outreach-crm\r\nDTSTAMP:20230614T010203Z\r\n" in text


@given(words, words, lines, st.sampled_from(("", "电话", "微信")), st.sampled_from(("", "09:30")))
def test_whatever_is_written_comes_back_as_what_it_is(
    enterprise: str, project: str, said: str, mode: str, time: str
) -> None:
    on, due, done = date(2023, 5, 30), date(2023, 6, 30), date(2023, 6, 20)
    entries = [
        Entry(ID, "task", said.replace("\n", " ").strip() or "回访", due, text=enterprise, todo=True, done_on=done),
        Entry(ID, "follow_up", f"跟进({mode})：{enterprise}", on, None, time, said, project=project),
        Entry(ID, "trip", project, on, due, text=said),
        Entry(ID, "trip", project, on),
        Entry(ID, "visit", "拜访：渝能电池", on),
    ]
    found = calendars.read_calendar(b"".join(card_writing.calendar(entries, STAMP)))
    assert list(found) == ["trip", "visit", "follow_up", "task"]
    (_head, *trips), (_head, follow_up), (_head, task) = found["trip"], found["follow_up"], found["task"]
    assert [trip[:3] for trip in trips] == [[project, on, due], [project, on, on]]
    assert trips[0][3:] == [said, str(ID)]
    assert follow_up == [on, time or None, mode, enterprise, project, said, str(ID)]
    assert task == [entries[0].summary, due, done, enterprise, None, str(ID)]


def test_what_others_have_to_do_is_a_next_step_and_what_was_called_off_is_none() -> None:
    todo = b"BEGIN:VTODO\nUID:1@phone\nSUMMARY:x\nDESCRIPTION:y\nDUE:20240620T090000\n%s\nEND:VTODO\n"
    done = b"STATUS:COMPLETED\nLAST-MODIFIED:20240618T090000"
    off = b"BEGIN:VEVENT\nSUMMARY:z\nSTATUS:CANCELLED\nEND:VEVENT\n"
    read = calendars.read_calendar(todo % b"STATUS:NEEDS-ACTION" + todo % done + todo % b"STATUS:CANCELLED" + off)
    assert list(read) == ["task"]
    due = date(2024, 6, 20)
    steps = [row[:4] for row in read["task"][1:]]
    assert steps == [["x；y", due, None, None], ["x；y", due, date(2024, 6, 18), None]]
    with pytest.raises(Unreadable):
        calendars.read_calendar(off)

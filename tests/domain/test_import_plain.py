"""Plain rows cross as they are; whatever else a child may say is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from crm_app.domain import amounts
from crm_app.domain.import_plain import Plain
from crm_app.domain.import_plain_rows import PlainRows, Said
from crm_app.domain.import_plain_wire import from_wire, to_wire
from crm_app.domain.import_rows import Parsed
from crm_app.domain.import_texts import apart, together

PERSON = {"name": "单晓", "title": "总经理", "phone": "+8613800000001", "email": None, "note": None}
ROWS = [
    Parsed({"enterprise.name": "甲公司", "enterprise.uscc": "91440600549QX0810K", "contacts": (PERSON,)}),
    Parsed({"enterprise.name": "乙公司", "lead.intent": amounts.parse_range("3-5亿"), "lead.note": "对方关注电价"}),
    Parsed({"enterprise.name": "丙公司", "lead.registered_on": date(2023, 6, 14), "contacts": (PERSON,)}),
]


def plain(*, indexed: bool = False) -> Plain:
    """Return the rows in stored form."""
    said = Said(len(ROWS))
    for place, row in enumerate(ROWS):
        said.put(place, row)
    return PlainRows(["enterprise.name", "lead.note"], indexed=indexed).stored(said, [0, 2, 5])


def crossed(said: Any) -> Any:
    """Return what came out at the other end of the pipe."""
    return json.loads(json.dumps(said))


def meant(row: Parsed) -> dict[str, Any]:
    """Return what a row says, without what it says nothing of."""
    people = tuple({name: value for name, value in one.items() if value} for one in row.values.get("contacts", ()))
    return {**row.values, "contacts": people}


def test_rows_come_back_as_they_were_said() -> None:
    held = from_wire(crossed(to_wire(plain())), 6)
    assert [meant(held.row(place)) for place in range(3)] == [meant(row) for row in ROWS]
    assert held.enterprise.columns["name_key"] == ["甲", "乙", "丙"]
    assert held.lead.columns["title"] == ["乙公司", "丙公司"]


def test_amounts_of_which_none_has_a_number_cross_too() -> None:
    said = Said(1)
    row = Parsed({"enterprise.name": "甲公司", "lead.intent": amounts.parse_range("面议")})
    said.put(0, row)
    left, texts = apart(to_wire(PlainRows(["enterprise.name"], indexed=False).stored(said, [0])))
    assert meant(from_wire(together(crossed(left), texts), 1).row(0)) == meant(row)


def test_some_of_the_rows_keep_what_belongs_to_them() -> None:
    rows = plain(indexed=True)
    packed = [said for table in rows.pack() for said in (table.marks, table.words)]
    held = from_wire(crossed(to_wire(rows)), 6).with_entries(packed).only([2])
    assert meant(held.row(0)) == meant(ROWS[2])
    assert (held.places, held.titles, len(held)) == ([5], ["总经理"], 1)
    assert held.contact.entries is not None
    marks = json.loads(held.contact.entries.packed.marks)
    assert [marks[at][1] for at in held.contact.entries.places] == ["单晓"]
    assert held.contact.entries.packed.amount == len(marks) == 2


def test_only_what_speaks_of_one_enterprise_alone_is_plain() -> None:
    rows = PlainRows(["enterprise.name", "lead.title"])
    assert rows.is_plain(ROWS[0]) is False, "no title where the sheet has a column for it"
    rows = PlainRows(["enterprise.name"])
    assert [rows.is_plain(row) for row in ROWS] == [True, True, True]
    assert [PlainRows([], leads=True).is_plain(row) for row in ROWS] == [False, True, True], "of leads, a lead each"
    for more in ({"enterprise.parent": "丁集团"}, {"lead.owner": "李华"}, {"contacts": (PERSON, PERSON)}):
        assert not rows.is_plain(Parsed({**ROWS[0].values, **more}))
    assert not rows.is_plain(Parsed(ROWS[0].values, ("校验位不对",)))


def _change(*path: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(said: dict[str, Any]) -> None:
        at: Any = said
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = to

    return change


@pytest.mark.parametrize(
    "change",
    [
        _change("places", to=[0, 2, 6]),
        _change("places", to=[2, 0, 5]),
        _change("places", to=[0, True, 5]),
        _change("contacts_of", to=[0, 3]),
        _change("titles", to=["总经理", 1]),
        _change("granted", to=["number"]),
        _change("enterprise", "name", to=["甲公司", "乙公司", None]),
        _change("enterprise", "name", to=["甲公司", "乙公司", "\ud800"]),
        _change("enterprise", "name", to=["甲公司"]),
        _change("enterprise", "name", to=["甲公司", "乙公司", ""]),
        _change("enterprise", "pinyin", to=["jia", "yi", None]),
        _change("enterprise", "deleted_at", to=[1, 1, 1]),
        _change("enterprise", "category", to=["company", "company", "empire"]),
        _change("enterprise", "revenue", to=[1 << 63, None, None]),
        _change("lead", "registered_on", to=[None, "2023-06-31"]),
        _change("lead", "intent_currency", to=["CNY", "GBP"]),
        _change("lead", "enterprise_id", to=["00", "00"]),
        _change("lead", to={"intent_low": [1, 2], "title": ["乙", "丙"]}),
        _change("lead", to={"title": ["乙", "丙"], "triage": ["follow", "follow"]}),
    ],
)
def test_anything_else_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    said = crossed(to_wire(plain()))
    change(said)
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_wire(said, 6)

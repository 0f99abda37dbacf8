"""Merging and taking it back, however often: the book is as it was, whatever the enterprises held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise, EnterpriseName
from crm_app.domain.targets import Annual
from crm_app.services import enterprises, merging
from crm_app.services.book import Book
from tests.services.whole_book import in_step, rows
from tests.templates import new_book


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made_book = new_book(tmp_path_factory.mktemp("merging") / "t.crm")
    yield made_book
    made_book.close()


texts = st.sampled_from([None, "甲值", "乙值"])

people = st.lists(st.tuples(st.sampled_from(["张三", "李四"]), st.sampled_from([None, "+8613800000000"])), max_size=2)
parties = st.fixed_dictionaries(
    {
        "address": texts,
        "products": texts,
        "people": people,
        "years": st.sets(st.integers(2020, 2022), max_size=2),
        "aliases": st.sets(st.sampled_from(["别一", "别二"]), max_size=2),
    }
)


def parties_made(book: Book, drawn: list[dict[str, Any]]) -> list[UUID]:
    ids = []
    with book.unit("画") as unit:
        for number, party in enumerate(drawn):
            row = unit.insert(Enterprise, name=f"第{number}家", address=party["address"], products=party["products"])
            for name, phone in party["people"]:
                contact = unit.insert(Contact, name=name, phone=phone)
                unit.insert(Position, contact_id=contact, enterprise_id=row)
            for year in party["years"]:
                unit.insert(Annual, enterprise_id=row, year=year, output=number)
            for alias in party["aliases"]:
                unit.insert(EnterpriseName, enterprise_id=row, name=alias)
            ids.append(row)
        unit.commit()
    return ids


@settings(max_examples=12, deadline=None)
@given(st.lists(parties, min_size=2, max_size=3))
def test_merging_and_taking_it_back_gives_the_same_book(lasting: Book, drawn: list[dict[str, Any]]) -> None:
    ids = parties_made(lasting, drawn)
    before = rows(lasting)
    undo = merging.merge(lasting, ids[0], ids[1:]).changes.unit
    page = enterprises.enterprise_page(lasting, ids[-1])
    assert page.enterprise.id == ids[0]
    assert {one.name for one in page.names} >= {alias for party in drawn for alias in party["aliases"]}
    assert {one.contact.name for one in page.contacts} == {name for party in drawn for name, _p in party["people"]}
    assert in_step(lasting)
    lasting.undo(undo)
    assert rows(lasting) == before
    assert in_step(lasting)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(parties, min_size=3, max_size=4),
    st.lists(st.permutations(range(4)), min_size=2, max_size=3),
    st.lists(st.integers(0, 3), min_size=2, max_size=4),
)
def test_a_chain_of_merges_goes_back_and_is_done_again_however_far(
    lasting: Book, drawn: list[dict[str, Any]], picked: list[list[int]], walk: list[int]
) -> None:
    left = parties_made(lasting, drawn)
    steps: list[int] = []
    stages = [rows(lasting)]
    for order in picked:
        members = [left[n] for n in order if n < len(left)]
        if len(members) > 1:
            steps.append(merging.merge(lasting, members[0], members[1:2]).changes.unit or 0)
            left.remove(members[1])
            stages.append(rows(lasting))
    at = len(steps)
    for target in (0, len(steps), *(min(one, len(steps)) for one in walk)):
        while at > target:
            at -= 1
            lasting.undo(steps[at])
            assert rows(lasting) == stages[at]
        while at < target:
            lasting.redo(steps[at])
            at += 1
            assert rows(lasting) == stages[at]
    assert in_step(lasting)

"""A filter by a text finds what holds it, whatever the search index makes of it."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.traditional import simplified
from crm_app.domain.views import Filter, Op, Query
from crm_app.domain.visits import Visit
from crm_app.services import lists
from crm_app.services.book import Book
from tests.templates import new_book

_PIECES = (
    "新能",
    "源",
    "臺灣",
    "台湾",
    "ABe",
    "ae\u0301",
    "1\u0301",
    "２3",
    "が\u3099",
    "ßΣ",
    "Ａ",
    "\U00020000源",
    "（-",
    "%_",
    "'\"*",
)
"""What an index may know otherwise than it was written: accents, wide and traditional letters, marks, a query's own."""

_LETTERS = "".join(_PIECES)
Texts = dict[tuple[str, str], dict[UUID, str]]
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_CODES = ("91440600549QX0810K", "913301004H2373X98G", "914201006WW8RUD24Q", None)
_ASKED = (
    ("enterprises", "name"),
    ("enterprises", "uscc"),
    ("enterprises", "products"),
    ("enterprises", "expansion_signal"),
    ("contacts", "phone"),
    ("visits", "talk"),
    ("visits", "enterprise"),
    ("contacts", "enterprise"),
)
"""Of a name, of a code, of a text; of what the index does not know; of the enterprise of a row."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Sixty rows of odd texts, some of them deleted."""
    made = new_book(Path(tmp_path_factory.mktemp("words")) / "t.crm")
    chance = random.Random(5)

    def odd() -> str:
        return "".join(chance.choice(_PIECES) for _n in range(chance.randrange(1, 5)))

    with made.unit("fill") as unit:
        ids = unit.insert_many(
            Enterprise,
            [
                {"name": odd(), "uscc": chance.choice(_CODES), "products": odd(), "expansion_signal": odd()}
                for _n in range(60)
            ],
        )
        people = [{"name": odd(), "phone": f"+86138{chance.randrange(10**8):08d}"} for _n in range(9)]
        posts = [{"contact_id": one, "enterprise_id": chance.choice(ids)} for one in unit.insert_many(Contact, people)]
        unit.insert_many(Position, posts)
        unit.insert_many(
            Visit, [{"enterprise_id": chance.choice(ids), "on": date(2023, 6, 14), "talk": odd()} for _n in range(40)]
        )
        for one in ids[::7]:
            unit.delete(Enterprise, one)
        unit.commit()
    yield made
    made.close()


def _plain(text: str) -> str:
    """Return a text as it is compared: of Latin letters the small ones, of characters the simplified."""
    return simplified(text).translate(_LOWER)


@pytest.fixture(scope="module")
def everything(book: Book) -> Texts:
    """The text each row shows, by list and column."""
    found = {}
    for name, column in _ASKED:
        query = Query(name, columns=(column,))
        rows = lists.rows(book, query, lists.order(book, query).numbers)
        found[name, column] = {row.id: _plain(str(row.values[column] or "")) for row in rows}
    return found


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.sampled_from(_ASKED), drawn=st.data())
def test_a_filter_holds_what_python_says_it_does(
    book: Book, everything: Texts, asked: tuple[str, str], drawn: st.DataObject
) -> None:
    known = everything[asked]
    held = st.sampled_from(sorted(filter(None, known.values()))).flatmap(_piece)
    plain = st.sampled_from(("ae", "Ae", "1a", "か", "23", "SS", "ABea", "能源", "台灣", "[a台", "灣*", "湾ＡＢ"))
    text = drawn.draw(held | plain | st.text(_LETTERS, min_size=1, max_size=3), label="text")
    fitting = {row for row, shown in known.items() if _plain(text) in shown}
    name, column = asked
    query = Query(name, (Filter(column, Op.CONTAINS, (text,)),))
    assert set(lists.ids(book, query, lists.order(book, query).numbers)) == fitting
    assert {row.id for row in lists.first_rows(book, query).rows} == fitting


def _piece(text: str) -> st.SearchStrategy[str]:
    """Return a piece of a text, its letters large or small."""
    ends = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 4))
    cut = ends.map(lambda one: text[one[0] : one[0] + one[1]])
    return cut | cut.map(lambda one: one.translate(str.maketrans(string.ascii_lowercase, string.ascii_uppercase)))

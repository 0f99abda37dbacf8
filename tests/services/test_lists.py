"""Lists: any query answers what a plain look at every record would, quickly or not, whole or by its first rows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_app import clock
from crm_app.db import list_orders
from crm_app.domain import listed, pinyin, regions, views
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.days import FuzzyDay
from crm_app.domain.enterprises import Category, Enterprise, Label
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.kinds import Option, Region
from crm_app.domain.leads import Lead, Triage
from crm_app.domain.lists import Shape
from crm_app.domain.projects import Agreement, Amount, Investor, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.staff import Person
from crm_app.domain.stages import Stage
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip, TripMember, TripPlan
from crm_app.domain.views import Filter, Op, Query, Sort, Span
from crm_app.domain.visits import Intent, Visit, VisitMode, VisitPerson
from crm_app.errors import BadInput, Cancelled
from crm_app.services import book as books
from crm_app.services import lists
from crm_app.services.book import Book
from crm_app.services.lists import Row
from tests.templates import new_book

TODAY = date(2023, 6, 14)
_REGIONS = ("重庆市江津区", "四川省成都市", "江苏省苏州市", "自由港", None)
_CLUSTERS = ("新能源", "食品", "装备制造", None)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Sixty enterprises at random with what was done with them; some of all of it deleted."""
    made = new_book(Path(tmp_path_factory.mktemp("lists")) / "t.crm")
    clock.pin_today(TODAY)
    _fill(made, random.Random(7))
    yield made
    made.close()


def _fill(book: Book, chance: random.Random) -> None:
    def day() -> date:
        return TODAY - timedelta(days=chance.randrange(-20, 120))

    def some(*values: Any) -> Any:
        return chance.choice(values)

    with book.unit("fill") as unit:
        people = unit.insert_many(Person, [{"name": name} for name in ("曾敏", "安然", "单晓")])
        ids = unit.insert_many(
            Enterprise,
            [
                {
                    "name": f"{some('渝', '江', '长', 'AB', '%_')}{some('能', '驰', '寿')}{n % 41}公司",
                    "category": some(*Category),
                    "region": some(*_REGIONS),
                    "cluster": some(*_CLUSTERS),
                    "revenue": some(None, 10**6, 5 * 10**6, chance.randrange(10**9)),
                    "products": some(None, "电池", "电机 50%", "Battery"),
                }
                for n in range(60)
            ],
        )
        projects = list[UUID]()
        for n in range(25):
            lead = unit.insert(
                Lead, enterprise_id=chance.choice(ids[:20]), registered_on=some(None, day()),
                owner_id=some(None, *people), source=some(None, "自拓", "展会"), triage=some(None, *Triage),
            )  # fmt: skip
            if n % 3:
                continue
            project = unit.insert(
                Project,
                name=some(f"项目{n}", "Battery 厂", "安居工程"),
                lead_id=lead,
                owner_id=some(None, *people),
                total_investment=some(None, n * 10**7),
            )
            projects.append(project)
            for one in ids[n : n + chance.randrange(3)]:
                unit.insert(Investor, project_id=project, enterprise_id=one)
            unit.insert(ProjectPark, project_id=project, park=some("双福", "德感"), from_on=some(None, day()))
            for stage in list(Stage)[: chance.randrange(4)]:
                entry = unit.insert(StageEntry, project_id=project, stage=stage, on=TODAY - timedelta(days=90 - n))
                if chance.random() < 0.1:
                    unit.delete(StageEntry, entry)
            if chance.random() < 0.5:
                unit.insert(
                    Signing,
                    project_id=project,
                    kind=Agreement.FORMAL,
                    signed_on=FuzzyDay.of(day()),
                    amount=Amount(10**8),
                )
        trips = unit.insert_many(
            Trip,
            [
                {
                    "title": f"赴{some('上海', '深圳')}招商",
                    "start_on": day(),
                    "end_on": TODAY,
                    "leader_id": some(None, *people),
                }
                for _n in range(8)
            ],
        )
        unit.insert_many(TripMember, [{"trip_id": one, "person_id": people[0]} for one in trips[::2]])
        unit.insert_many(TripPlan, [{"trip_id": some(*trips), "enterprise_id": one} for one in ids[:12]])
        for n in range(120):
            one = chance.choice(ids[:30])
            visit = unit.insert(
                Visit, enterprise_id=one, on=day(), intent=some(None, *Intent), talk=some(None, "谈过"),
                mode=some(None, *VisitMode), trip_id=some(None, *trips),
            )  # fmt: skip
            for person in people[: chance.randrange(3)]:
                unit.insert(VisitPerson, visit_id=visit, person_id=person)
            follow = unit.insert(
                FollowUp, on=day(), mode=some("电话", "微信"), content="回访", enterprise_id=some(one, None),
                person_id=some(None, *people), project_id=some(None, *projects),
            )  # fmt: skip
            task = unit.insert(
                Task, what="回访", due=day(), owner_id=some(None, *people), enterprise_id=one, done_on=some(None, day())
            )
            if n % 11 == 0:
                unit.delete(Visit, visit)
                unit.delete(FollowUp, follow)
                unit.delete(Task, task)
        contacts = [{"name": some("张三", "李四", "单于"), "phone": "13883000000"} for _n in range(10)]
        met = unit.insert_many(Contact, contacts)
        for one in [*met[2:], *met[5:]]:
            unit.insert(Position, contact_id=one, enterprise_id=some(*ids[20:40]), title=some(None, "经理"),
                        to_on=some(None, None, TODAY))  # fmt: skip
        unit.delete(Contact, met[-1])
        unit.delete(Project, projects[0])
        unit.delete(Trip, trips[0])
        for one in ids[31::7]:
            unit.delete(Enterprise, one)
        unit.commit()


class Everything(dict[str, list[Row]]):
    """Every row of every list with every column, as the plain model sorts and filters them."""

    def __repr__(self) -> str:
        return "<everything>"


@pytest.fixture(scope="module")
def everything(book: Book) -> Everything:
    found = Everything()
    for name, wanted in listed.LISTS.items():
        query = Query(name, columns=tuple(one.name for one in wanted.columns))
        found[name] = lists.rows(book, query, lists.order(book, query).numbers)
    return found


def _key(query: Query, row: Row, name: str) -> Any:
    """Return what a column's value is compared by; None where nothing is known."""
    value = row.values[name]
    if isinstance(value, FuzzyDay):
        return value.first
    if hasattr(value, "low"):
        return value.low
    return getattr(value, "minor", value)


def _fits(query: Query, row: Row, one: Filter) -> bool:
    wanted = listed.LISTS[query.list].column(one.column)
    value = _key(query, row, one.column)
    if one.op in (Op.EMPTY, Op.FILLED):
        return (value is None) is (one.op is Op.EMPTY)
    if one.op is Op.FROM_TO and not any(one.values):
        return True
    if wanted.shape is Shape.FLAG:
        return ("yes" if value else "no") in one.values
    if one.op is Op.ONE_OF and value is None:
        return "" in one.values
    if value is None:
        return False
    if one.op is Op.CONTAINS:
        return one.values[0].lower() in str(value).lower()
    if one.op is Op.ONE_OF:
        return (value.value if isinstance(wanted.kind, Option) else value) in one.values
    if one.op is Op.UNDER:
        return any(value.startswith(region) for region in one.values)
    if one.op is Op.OLDER:
        return bool(value < TODAY - timedelta(days=int(one.values[0])))
    if one.op is Op.WITHIN:
        first, last = views.bounds(Span(one.values[0]), TODAY)
        return bool(first <= value <= last)
    low, high = (_bound(wanted.shape, text) for text in one.values)
    return bool((low is None or value >= low) and (high is None or value <= high))


def _bound(shape: Shape, text: str) -> Any:
    if not text:
        return None
    return date.fromisoformat(text) if shape is Shape.DAY else int(text)


def _place(query: Query, name: str) -> Callable[[Any], Any]:
    column = listed.LISTS[query.list].column(name)
    if isinstance(column.kind, Option):
        return list(column.kind.options).index
    if isinstance(column.kind, Region):
        return lambda value: (regions.code_of(value) or "~", pinyin.sort_key(value), value)
    if column.shape is Shape.PERSON or (query.list, name) == ("contacts", "name"):
        return pinyin.person_full
    if name == "enterprise" or (query.list, name) == ("enterprises", "name"):
        return pinyin.sort_key
    if column.shape in (Shape.TEXT, Shape.CHOICE):
        return lambda value: (pinyin.sort_key(value), value)
    return lambda value: value


@st.composite
def _queries(draw: st.DrawFn) -> Query:
    name = draw(st.sampled_from(sorted(listed.LISTS)))
    wanted = listed.LISTS[name]
    filters = []
    for _n in range(draw(st.integers(0, 2))):
        column = draw(st.sampled_from(wanted.columns))
        op = draw(st.sampled_from(_ops(column.shape)))
        filters.append(Filter(column.name, op, draw(_values(column, op))))
    sorts = [""] + [one.name for one in wanted.columns if one.sorts]
    sort = Sort(draw(st.sampled_from(sorts)), draw(st.booleans()))
    return Query(name, tuple(filters), sort, columns=tuple(one.name for one in wanted.columns))


def _ops(shape: Shape) -> list[Op]:
    from_list = {
        Shape.TEXT: [Op.CONTAINS],
        Shape.CHOICE: [Op.ONE_OF],
        Shape.DAY: [Op.WITHIN, Op.FROM_TO, Op.OLDER],
        Shape.MONEY: [Op.FROM_TO],
        Shape.NUMBER: [Op.FROM_TO],
        Shape.REGION: [Op.UNDER],
    }
    return [*from_list.get(shape, []), Op.EMPTY, Op.FILLED] if shape is not Shape.FLAG else [Op.ONE_OF]


def _values(column: Any, op: Op) -> st.SearchStrategy[tuple[str, ...]]:
    if op is Op.CONTAINS:
        return st.tuples(st.sampled_from(("能", "%", "_", "battery", "1", "项目", "谈")))
    if op is Op.ONE_OF:
        offered = ("yes", "no") if column.shape is Shape.FLAG else ("新能源", "食品", "自拓", "电话", "")
        if isinstance(column.kind, Option):
            offered = (*[one.value for one in column.kind.options], "")
        return st.lists(st.sampled_from(offered), min_size=1, max_size=2, unique=True).map(tuple)
    if op is Op.UNDER:
        return st.tuples(st.sampled_from(("重庆市", "四川省成都市", "自由港")))
    if op is Op.OLDER:
        return st.tuples(st.sampled_from(("0", "30")))
    if op is Op.WITHIN:
        return st.tuples(st.sampled_from([one.value for one in Span]))
    if op is Op.FROM_TO:
        ends = ("", "2023-05-20", "2023-06-14") if column.shape is Shape.DAY else ("", "1", "3", "5000000")
        return st.tuples(st.sampled_from(ends), st.sampled_from(ends))
    return st.just(())


@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=_queries())
def test_any_query_answers_what_a_look_at_every_record_does(book: Book, everything: Everything, query: Query) -> None:
    fitting = [row for row in everything[query.list] if all(_fits(query, row, one) for one in query.filters)]
    numbers = lists.order(book, query).numbers
    rows = lists.rows(book, query, numbers)
    assert {row.id for row in rows} == {row.id for row in fitting}
    assert len(rows) == len(fitting)
    sort = query.sort if query.sort.column else listed.LISTS[query.list].sort
    if sort.column:
        known = [value for row in rows if (value := _key(query, row, sort.column)) is not None]
        assert known == sorted(known, key=_place(query, sort.column), reverse=sort.descending)
        assert all(_key(query, row, sort.column) is None for row in rows[len(known) :])
    first = lists.first_rows(book, query, 7)
    assert [row.id for row in first.rows] == [row.id for row in rows[:7]]
    assert first.complete is (len(rows) <= 7)
    assert lists.ids(book, query, numbers) == [row.id for row in rows]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", ["contacts", "visits", "leads", "follow_ups", "tasks"])
def test_many_rows_come_by_their_enterprises_in_the_order_of_few(
    book: Book, name: str, descending: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(name, sort=Sort("enterprise", descending))
    few = lists.first_rows(book, query, 50)
    monkeypatch.setattr(list_orders, "_FEW", 0)
    assert [row.id for row in lists.first_rows(book, query, 50).rows] == [row.id for row in few.rows]


@pytest.mark.parametrize("by", ["cluster", "region", "intent", "last_on"])
def test_groups_gather_every_row_once_in_the_order_of_the_sort(book: Book, everything: Everything, by: str) -> None:
    query = Query("enterprises", sort=Sort("name", descending=True), group=by, columns=("name", by))
    ordered = lists.order(book, query)
    rows = lists.rows(book, query, ordered.numbers)
    assert sum(group.count for group in ordered.groups) == len(rows) == len(everything["enterprises"])
    at = 0
    for group in ordered.groups:
        gathered = rows[at : at + group.count]
        shown = {_gathered(row.values[by]) for row in gathered}
        assert shown == {group.value}
        names = [pinyin.sort_key(row.values["name"]) for row in gathered]
        assert names == sorted(names, reverse=True)
        assert lists.group_title(query, group)
        at += group.count


def _gathered(value: Any) -> Any:
    return value.isoformat()[:7] if isinstance(value, date) else getattr(value, "value", value)


@given(query=_queries())
def test_a_query_comes_back_from_json_as_it_was(query: Query) -> None:
    assert Query.from_json(query.to_json()) == query


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"list": "x", "filters": [["a", "no such"]], "sort": ["", false]}'])
def test_what_is_no_view_is_told_in_words(text: str) -> None:
    with pytest.raises(BadInput):
        Query.from_json(text)


@pytest.mark.parametrize("one", [Filter("gone", Op.EMPTY), Filter("name", Op.OLDER, ("3",))])
def test_a_filter_the_list_cannot_do_is_told_in_words(book: Book, one: Filter) -> None:
    with pytest.raises(BadInput):
        lists.first_rows(book, Query("enterprises", (one,)))


@pytest.mark.parametrize("view", listed.SHIPPED, ids=lambda one: one.label)
def test_every_shipped_view_can_be_shown(book: Book, view: listed.Shipped) -> None:
    first = lists.first_rows(book, view.query)
    assert [row.number for row in first.rows] == list(lists.order(book, view.query).numbers)[:100]
    assert all(len(lists.shown(view.query, row)) == len(lists.columns_of(view.query)) for row in first.rows)


def test_what_nobody_waits_for_any_more_is_broken_off(book: Book) -> None:
    with pytest.raises(Cancelled), book.read() as reader, reader.until(lambda: True):
        reader.rows_of("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")


def test_an_owner_narrows_and_sorts_by_name(book: Book) -> None:
    with book.read() as reader:
        me = UUID(bytes=reader.rows_of("SELECT id FROM person WHERE name = '安然'")[0][0])
    query = Query("tasks", (Filter("owner", Op.ONE_OF, (str(me),)),), columns=("owner",))
    rows = lists.rows(book, query, lists.order(book, query).numbers)
    assert rows
    assert {row.values["owner"] for row in rows} == {"安然"}


def test_the_honours_in_force_stand_beside_an_enterprise_the_newest_first(tmp_path: Path) -> None:
    book = new_book(tmp_path / "t.crm")
    clock.pin_today(TODAY)
    with book.unit("fill") as unit:
        known = unit.insert(Enterprise, name="巨湾技研")
        for honour, year, until in (
            ("高新技术企业", 2020, TODAY),
            ("独角兽", 2022, None),
            ("小巨人", 2021, TODAY - timedelta(days=1)),
            ("独角兽", 2023, None),
        ):
            unit.insert(Label, enterprise_id=known, honour=honour, issuer="示例名单", year=year, valid_to=until)
        unit.commit()
    query = Query("enterprises", (Filter("honours", Op.CONTAINS, ("独角",)),), columns=("honours",))
    (row,) = lists.rows(book, query, lists.order(book, query).numbers)
    assert row.values["honours"] == "独角兽、高新技术企业"
    books.close_book(book)

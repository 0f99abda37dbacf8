"""The league table, the week's activities, promises by department, what is late, what was packaged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app import clock
from crm_app.briefs.texts import texts
from crm_app.domain.activity import Activity
from crm_app.domain.amounts import YI
from crm_app.domain.counting import Doubt, Window
from crm_app.domain.counting_policy import Expansion, Policy
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.events import Event, EventKind
from crm_app.domain.kinds import Amount
from crm_app.domain.league import LeagueTable, ranks
from crm_app.domain.papers import PaperKind
from crm_app.domain.projects import Investor, Need, Origin, Project, ProjectPark, StageEntry
from crm_app.domain.staff import DictionaryEntry, Person
from crm_app.domain.stages import Stage
from crm_app.domain.targets import METRIC_LABELS, Annual, Metric, Target
from crm_app.domain.thresholds import Reached, judged
from crm_app.domain.trips import Trip, TripKind, TripMember
from crm_app.domain.views import Filter, Op, Query
from crm_app.domain.visits import Reception, Visit, VisitMode
from crm_app.errors import BadInput
from crm_app.services import book as books
from crm_app.services import figures, papers, views
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from tests import templates
from tests.services.test_figures import FIRST, LAST, add, sign

WEEK = Window(date(2023, 6, 5), date(2023, 6, 11))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    opened = books.open_book(templates.sample_file(tmp_path_factory.mktemp("league") / "sample.crm"))
    yield opened
    books.close_book(opened)


@given(st.lists(st.integers(0, 6)))
def test_equal_values_share_a_rank_and_the_next_is_left_out(values: list[int]) -> None:
    for value, rank in zip(values, ranks(values), strict=True):
        assert rank == 1 + sum(other > value for other in values)


def test_nothing_is_lost_between_the_table_and_the_figures(sample: Book) -> None:
    rules = figures.counting_rules(sample)
    figures.change_rules(sample, replace(rules, league=tuple(METRIC_LABELS)))
    found = figures.figures(sample, FIRST, date(2023, 7, 12))
    signed = found.signed.value
    for table in (found.league.value.teams, found.league.value.people):
        sums = {metric: sum(_values(table, metric)) for metric in (Metric.SIGNED_YUAN, Metric.SIGNED_COUNT)}
        assert sums == {Metric.SIGNED_YUAN: signed.yuan, Metric.SIGNED_COUNT: signed.count}
        assert sum(_values(table, Metric.RECEPTIONS)) == found.receptions.value
        for line in table.lines:
            for cell in line.cells:
                assert cell.rank <= len(table.lines)
                assert cell.value == 0 or cell.rows
        places = [line.place for line in table.lines]
        assert places == sorted(places)
    trips = {line.subject: line.cells[4] for line in found.league.value.teams.lines}
    assert all(cell.metric is Metric.TRIPS and cell.value == len(set(cell.rows)) for cell in trips.values())
    with pytest.raises(BadInput, match="赛马"):
        figures.change_rules(sample, replace(rules, league=()))


def _values(table: LeagueTable, metric: Metric) -> list[int]:
    own = [cell.value for line in table.lines for cell in line.cells if cell.metric is metric]
    return own + [one.value for one in table.nobody if one.metric is metric]


def test_a_week_stands_beside_the_one_before_and_the_year(book: Book) -> None:
    for on in ("2023-01-03", "2023-06-01", "2023-06-05", "2023-06-11"):
        sign(book, on)
    for on, kind in ((5, EventKind.FORUM), (6, None), (7, EventKind.PUBLICITY)):
        add(book, Event, name="活动(示例)", on=date(2023, 6, on), kind=kind, sessions=4)
    add(book, Reception, guests="一行3人", on=date(2023, 2, 1))
    found = figures.figures(book, WEEK.first, WEEK.last).activity
    assert found.value.before == Window(date(2023, 5, 29), date(2023, 6, 4))
    counts = {one.activity: (one.now.count, one.before.count, one.year.count) for one in found.value.lines}
    assert counts == {
        Activity.SIGNED: (2, 1, 4),
        Activity.STARTED: (0, 0, 0),
        Activity.TRIPS: (0, 0, 0),
        Activity.RECEIVED: (0, 0, 1),
        Activity.EVENTS: (2, 0, 2),
        Activity.PUBLICITY: (1, 0, 1),
    }
    assert {row for line in found.value.lines for row in line.year.rows} <= set(found.rows)


def test_a_target_counts_from_its_period_and_tells_the_window_apart(book: Book) -> None:
    for on in ("2023-01-03", "2023-06-05", "2023-06-20"):
        sign(book, on)
    year = {"metric": Metric.SIGNED_COUNT, "from_on": FIRST, "to_on": date(2023, 12, 31), "value": 10}
    add(book, Target, subject="全区", **year)
    stranger = add(book, Target, subject="邻区", **year)
    found = figures.figures(book, WEEK.first, WEEK.last)
    (line,) = found.targets.value
    assert (line.actual, len(line.rows), line.inside, len(line.inside_rows)) == (2, 2, 1, 1)
    assert (line.window, line.part) == (Window(FIRST, WEEK.last), WEEK)
    assert [one.id for one in found.to_confirm.value if one.doubt is Doubt.STRANGER] == [stranger]


def test_promises_stand_by_department_with_the_days_they_are_open(book: Book) -> None:
    project = add(book, Project, name="新材料项目(示例)")
    asked: list[UUID] = []
    for dept, day, due, solved in (
        ("规资局", 1, 10, None),
        ("规资局", 5, 30, None),
        (None, 2, None, None),
        ("发改委", 1, 3, 4),
    ):
        values = {"promised_on": date(2023, 6, day), "due": due and date(2023, 6, due)}
        values["solved_on"] = solved and date(2023, 6, solved)
        asked.append(add(book, Need, kind="用地", text="50亩", dept=dept, project_id=project, **values))
    add(book, Need, kind="用电", dept="供电所", project_id=project)
    clock.pin_today(date(2023, 6, 14))
    found = figures.figures(book, FIRST, LAST).needs_by_dept.value
    land, loose = found
    assert (land.dept, land.rows, land.overdue) == ("规资局", tuple(asked[:2]), (asked[0],))
    assert (land.longest_days, land.median_days, land.promises[0].late) == (13, 11, 4)
    assert (loose.dept, loose.promises[0].whose) == (None, "新材料项目(示例)")
    assert [row.table for row in figures.rows(book, land.rows)] == ["need", "need"]
    earlier = figures.figures(book, FIRST, date(2023, 6, 2)).needs_by_dept.value
    assert {one.dept for one in earlier} == {"规资局", "发改委", None}, "as it stood on that day"


def test_an_agreed_start_that_passed_is_late_until_it_comes(book: Book) -> None:
    agreed = {"agreed_start_on": date(2023, 5, 1), "agreed_production_on": date(2023, 6, 1)}
    late, begun, lost = (sign(book, f"2023-02-0{n}", **agreed) for n in (1, 2, 3))
    add(book, StageEntry, project_id=begun, stage=Stage.STARTED, on=date(2023, 4, 20), evidence="许可证")
    add(book, StageEntry, project_id=lost, stage=Stage.LOST, on=date(2023, 4, 20), reason="落户他地")
    add(book, Project, name="在谈项目", **agreed)
    found = figures.figures(book, FIRST, date(2023, 6, 10))
    (one,) = found.overdue_starts.value
    assert (one.project_id, one.days, one.stage) == (late, 40, Stage.SIGNED)
    assert [(one.project_id, one.days) for one in found.overdue_production.value] == [(late, 9), (begun, 9)]
    assert not figures.figures(book, FIRST, date(2023, 5, 1)).overdue_starts.value


def test_contracts_are_counted_as_the_bureau_chose_and_parks_tell_who_stays_below(book: Book) -> None:
    facts = {"fixed_investment": 400 * 10_000, "land": Decimal(2)}
    grown = sign(book, "2023-02-01", Amount(4 * YI), origin=Origin.GROWN, **facts)
    add(book, ProjectPark, project_id=grown, park="示例园区")
    since = {"output_per_mu": Decimal(500), "tax_per_mu": Decimal(25), "per_mu_since": date(2023, 2, 1)}
    add(book, DictionaryEntry, list_name="park", name="示例园区", per_mu=Decimal(300), **since)
    firm = add(book, Enterprise, name="园区企业(示例)")
    add(book, Investor, project_id=grown, enterprise_id=firm)
    add(book, Annual, enterprise_id=firm, year=2022, output=600 * 2 * 10_000, land=Decimal(2))
    usual = figures.figures(book, FIRST, LAST)
    (line,) = usual.per_mu.value.lines
    assert (line.park, line.output_state, line.tax_state) == ("示例园区", Reached.REACHED, Reached.UNKNOWN)
    ((_name, told),) = usual.per_mu.value.thresholds
    assert told.said() == "投资 300、产值 500、税收 25（2023年2月1日起执行）"
    assert not figures.figures(book, FIRST, date(2023, 1, 31)).per_mu.value.thresholds, "not in force yet"
    assert judged(Decimal(24), Decimal(25)) is Reached.BELOW
    (park,) = usual.per_mu.value.parks
    assert (park.park, park.wanted, park.reached, park.below) == ("示例园区", Decimal(300), Decimal(200), (grown,))
    rules = replace(usual.rules, contracts=Policy(expansions=Expansion.AMOUNT))
    with pytest.raises(BadInput):
        figures.change_rules(book, rules)
    figures.change_rules(book, replace(rules, reason="增资只计金额(示例)"))
    now = figures.figures(book, FIRST, LAST)
    assert (usual.signed.value.count, now.signed.value.count) == (1, 0)
    assert now.signed.value.yuan == usual.signed.value.yuan == 4 * YI
    assert [row.yuan for row in figures.rows(book, now.signed.rows)] == [4 * YI]
    assert "增资只计金额" in (now.rules.reason or "")
    printed = "\n".join(texts(papers.compose(book, PaperKind.HALF_YEAR, Asked(start=FIRST, end=LAST))))
    assert printed.count("增资只计金额(示例)") >= 2, "beneath what is signed, and among the rules"
    assert "门槛（万元/亩）：示例园区：投资 300、产值 500、税收 25（2023年2月1日起执行）" in printed
    sheet = "\n".join(texts(papers.compose(book, PaperKind.PROJECT, Asked(ids=(grown,)))))
    assert "投资 200（未达标）" in sheet


def test_packaged_projects_tell_how_many_were_signed(sample: Book) -> None:
    found = figures.figures(sample, FIRST, LAST).packaged.value
    assert (len(found.total.rows), sum(len(one.rows) for one in found.by_cluster)) == (4, 4)
    assert sum(one.yuan for one in found.by_cluster) == found.total.yuan
    assert sum(len(one.signed) for one in found.by_cluster) == len(found.total.signed)


def test_a_list_to_be_visited_tells_who_was_met_and_who_never_was(book: Book) -> None:
    tagged = [add(book, Enterprise, name=f"目标企业{n}(示例)", campaign="五大倍增") for n in range(4)]
    add(book, Visit, enterprise_id=tagged[0], on=date(2023, 6, 6))
    add(book, Visit, enterprise_id=tagged[1], on=date(2023, 2, 6))
    add(book, Visit, enterprise_id=tagged[2], on=date(2023, 6, 7), mode=VisitMode.ONLINE)
    views.save_view(book, "目标企业0和1", Query("enterprises", (Filter("name", Op.CONTAINS, ("目标企业1",)),)))
    views.save_view(book, "全部", Query("enterprises"))
    campaign, view = figures.figures(book, WEEK.first, WEEK.last).coverage.value
    assert (campaign.name, campaign.campaign, campaign.met, campaign.met_ever) == (
        "五大倍增",
        True,
        (tagged[0],),
        (tagged[0], tagged[1]),
    )
    assert (campaign.open, campaign.share) == ((tagged[2], tagged[3]), Decimal("0.25"))
    assert (view.rows, view.met, view.met_ever) == ((tagged[1],), (), (tagged[1],))


def test_days_in_a_stage_and_on_the_road(book: Book) -> None:
    person = add(book, Person, name="甲", team="汽车专班")
    moved, waiting = (add(book, Project, name=f"项目{n}", owner_id=person) for n in range(2))
    for project, stage, on in (
        (moved, Stage.NEGOTIATING, date(2023, 5, 1)),
        (moved, Stage.REVIEW, date(2023, 5, 11)),
        (waiting, Stage.NEGOTIATING, date(2023, 4, 1)),
    ):
        add(book, StageEntry, project_id=project, stage=stage, on=on)
    trip = add(book, Trip, title="赴深圳", start_on=date(2023, 5, 31), end_on=date(2023, 6, 2), kind=TripKind.OUTING)
    add(book, TripMember, trip_id=trip, person_id=person)
    now = figures.compare(book, Window(date(2023, 5, 1), date(2023, 6, 1)), None).now
    talks, review = now.stages
    assert (talks.median_days, talks.left, talks.longest_days, talks.now) == (10, (moved,), 61, (waiting,))
    assert (review.median_days, review.longest_name) == (None, "项目0")
    (colleague,) = now.people
    assert (colleague.person_days, colleague.days_rows) == (now.figures.trips.value.person_days, (trip,))
    assert colleague.person_days == 2
    clock.pin_today(date(2023, 5, 31))
    now = figures.compare(book, Window(date(2023, 5, 1), date(2023, 6, 1)), None).now
    assert now.people[0].person_days == now.figures.trips.value.person_days == 1, "the second day is still to come"

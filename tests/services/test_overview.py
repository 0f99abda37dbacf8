"""The overview of the sample's half-year sums to its figures, part by part; comparison knows what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain.amounts import YI
from crm_app.domain.counting import Window
from crm_app.domain.days import parse_day
from crm_app.domain.kinds import Amount
from crm_app.domain.leads import Lead
from crm_app.domain.overview import Step, periods_of
from crm_app.domain.projects import Agreement, Project, Signing, StageEntry
from crm_app.domain.stages import Stage
from crm_app.domain.targets import Metric
from crm_app.services import book as books
from crm_app.services import enterprises, figures
from crm_app.services.book import Book
from tests import templates

HALF = Window(date(2023, 1, 1), date(2023, 6, 30))
DAYS = st.dates(date(1999, 1, 1), date(2031, 12, 31))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    opened = books.open_book(templates.sample_file(tmp_path_factory.mktemp("overview") / "sample.crm"))
    yield opened
    books.close_book(opened)


def test_every_part_sums_to_the_half_year(sample: Book) -> None:
    now = figures.compare(sample, HALF, HALF.year_before()).now
    total = (70, 534 * YI)
    for parts in (
        [period.signed for period in now.periods],
        [share.tally for share in now.by_region],
        [person.signed for person in now.people],
    ):
        assert (sum(part.count for part in parts), sum(part.yuan for part in parts)) == total
    assert sum(period.visits.count for period in now.periods) == now.figures.visits.value.visits
    assert sum(period.trips.count for period in now.periods) == now.figures.trips.value.count
    assert sum(period.leads.count for period in now.periods) == now.figures.leads.value
    steps = {one.step: one for one in now.funnel}
    assert steps[Step.SIGNED].tally == now.figures.signed.value
    assert steps[Step.LEAD].tally.count == now.figures.leads.value
    assert all(one.rate is None or 0 <= one.rate <= 1 for one in now.funnel)
    reached = {(one.target.metric, one.target.subject): one for one in now.figures.targets.value}
    assert reached[Metric.SIGNED_COUNT, "全区"].rows == now.figures.signed.rows
    assert len(reached[Metric.TRIPS, "全区"].rows) == reached[Metric.TRIPS, "全区"].actual


def test_a_window_before_the_book_began_is_not_known(sample: Book) -> None:
    then = figures.compare(sample, HALF, Window(date(1999, 1, 1), date(1999, 12, 31))).then
    assert then is not None
    assert not then.signings_known
    assert not then.work_known


def test_the_funnel_follows_those_that_came_in_the_window(book: Book) -> None:
    enterprise = enterprises.create_enterprise(book, name="示例企业").value
    with book.unit("funnel") as unit:
        leads = [unit.insert(Lead, enterprise_id=enterprise, registered_on=date(2023, 2, day)) for day in (1, 2, 3, 4)]
        for number, (lead, stages) in enumerate(
            (
                (leads[0], ((Stage.NEGOTIATING, date(2023, 2, 11)), (Stage.MOU, date(2023, 3, 13)))),
                (leads[2], ((Stage.NEGOTIATING, date(2023, 7, 3)),)),
                (leads[1], ((Stage.NEGOTIATING, date(2023, 2, 22)), (Stage.MOU, date(2023, 7, 5)))),
                (None, ((Stage.NEGOTIATING, date(2022, 5, 1)), (Stage.MOU, date(2023, 1, 5)))),
            )
        ):
            project = unit.insert(Project, name=f"项目{number}", lead_id=lead, total_investment=YI)
            for stage, on in stages:
                unit.insert(StageEntry, project_id=project, stage=stage, on=on)
        unit.commit()
    steps = {one.step: one for one in figures.compare(book, HALF, None).now.funnel}
    assert (steps[Step.LEAD].tally.count, steps[Step.TALKS].tally.count, steps[Step.INTENT].tally.count) == (4, 2, 2)
    assert (steps[Step.TALKS].rate, steps[Step.TALKS].median_days) == (pytest.approx(0.5), 15)
    # One of the two that began in the window has come to an intent by its end; the other one had begun before.
    assert len(steps[Step.INTENT].moved) == 1
    assert steps[Step.INTENT].median_days == 140
    assert steps[Step.TALKS].tally.yuan == 2 * YI


def test_the_funnel_says_of_a_window_only_what_was_so_at_its_end(book: Book) -> None:
    enterprise = enterprises.create_enterprise(book, name="示例企业").value
    with book.unit("funnel") as unit:
        lead = unit.insert(Lead, enterprise_id=enterprise, registered_on=date(2023, 2, 1))
        late = unit.insert(Project, name="后来立项", lead_id=lead)
        unit.insert(StageEntry, project_id=late, stage=Stage.NEGOTIATING, on=date(2023, 9, 1))
        month = unit.insert(Project, name="只知月份")
        unit.insert(StageEntry, project_id=month, stage=Stage.MOU, on=date(2023, 5, 20))
        june = parse_day("2023年6月", date(2023, 7, 1))
        unit.insert(Signing, project_id=month, kind=Agreement.FORMAL, signed_on=june, amount=Amount(YI))
        unit.insert(StageEntry, project_id=month, stage=Stage.STARTED, on=date(2023, 6, 28))
        unit.insert(StageEntry, project_id=month, stage=Stage.FULL_CAPACITY, on=date(2023, 6, 29))
        unit.commit()
    steps = {one.step: one for one in figures.compare(book, HALF, None).now.funnel}
    assert (steps[Step.TALKS].rate, steps[Step.TALKS].moved) == (0, ())
    # What counts as producing is what the step before is said to have come to.
    assert (steps[Step.PRODUCING].tally.rows, steps[Step.PRODUCING].moved) == ((month,), (month,))
    assert steps[Step.SIGNED].median_days is None, "from a day to a month no days are counted"
    first_days = Window(date(2023, 6, 1), date(2023, 6, 15))
    steps = {one.step: one for one in figures.compare(book, first_days, None).now.funnel}
    assert (steps[Step.SIGNED].tally.count, steps[Step.STARTED].rate) == (0, None)


@given(DAYS, DAYS)
def test_periods_are_the_window_cut(one: date, other: date) -> None:
    window = Window(min(one, other), max(one, other))
    parts = periods_of(window)
    assert (parts[0].first, parts[-1].last) == (window.first, window.last)
    assert all((after.first - before.last).days == 1 for before, after in pairwise(parts))
    before = window.before()
    assert (window.first - before.last).days == 1
    if window.first.day == 1 and len(window.months()) == 1 and before.first.day == 1:
        assert len(before.months()) == 1

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_app import clock
from crm_app.domain.amounts import YI
from crm_app.domain.counting import Share
from crm_app.domain.enterprises import Category, Enterprise
from crm_app.domain.figures import Figure, Figures
from crm_app.domain.kinds import Ref
from crm_app.domain.leads import Lead
from crm_app.domain.projects import Agreement, Investor, Project, Signing
from crm_app.domain.records import RECORDS
from crm_app.domain.stages import Stage
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip
from crm_app.domain.visits import Visit
from crm_app.errors import Refused
from crm_app.services import book as books
from crm_app.services import demo, figures, projects
from crm_app.services.book import Book
from tests.templates import sample_file

FIRST, HALF, PUBLISHED = date(2023, 1, 1), date(2023, 6, 30), date(2023, 7, 12)
VEHICLES = "智能网联新能源汽车"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made = books.open_book(sample_file(tmp_path_factory.mktemp("demo") / "demo.crm"))
    yield made
    books.close_book(made)


@pytest.fixture(scope="module")
def half(sample: Book) -> Figures:
    return figures.figures(sample, FIRST, HALF)


@pytest.fixture(scope="module")
def until_published(sample: Book) -> Figures:
    return figures.figures(sample, FIRST, PUBLISHED)


def part(parts: tuple[Share, ...], name: str) -> tuple[int, int]:
    return next((one.tally.count, one.tally.yuan) for one in parts if one.name == name)


def band(found: Figures, at_least: int) -> int:
    return next(one.tally.count for one in found.bands.value if one.at_least == at_least)


def test_the_published_half_year(half: Figures) -> None:
    assert (half.signed.value.count, half.signed.value.yuan) == (70, 53_400_000_000)
    assert (band(half, 10 * YI), band(half, 50 * YI)) == (14, 2)
    assert part(half.by_cluster.value, VEHICLES) == (10, 14_020_000_000)
    assert len(half.signed.rows) == 70
    assert half.last_year.value is not None
    assert half.last_year.value.count == 41


def test_up_to_the_day_of_publication(until_published: Figures) -> None:
    assert part(until_published.by_cluster.value, VEHICLES) == (11, 14_140_000_000)
    assert until_published.signed.value.count == 72
    assert until_published.trips.value.count == 53
    assert (until_published.visits.value.enterprises, until_published.visits.value.visits) == (312, 431)
    assert until_published.postings.value.count == 3
    assert until_published.overseas.value.countries == ("泰国", "老挝", "马来西亚")


@pytest.mark.parametrize("name", ["by_cluster", "by_channel", "by_park", "by_park_now", "by_origin"])
def test_every_distribution_is_filled_in_and_sums_to_the_total(
    half: Figures, until_published: Figures, name: str
) -> None:
    for found in (half, until_published):
        figure: Figure[tuple[Share, ...]] = getattr(found, name)
        total = found.signed.value
        assert all(one.name for one in figure.value)
        assert sum(one.tally.count for one in figure.value) == total.count
        assert sum(one.tally.yuan for one in figure.value) == total.yuan
        assert sorted(figure.rows) == sorted(total.rows)


def test_the_traps_that_count_rightly(sample: Book, half: Figures, until_published: Figures) -> None:
    assert (half.cancelled.value.count, half.net.value.count) == (0, 70)
    assert (until_published.cancelled.value.count, until_published.net.value.count) == (1, 71)
    # The project that moved in July is at its old park in the half-year, and at the new one by the day of publication.
    assert half.by_park.value == half.by_park_now.value
    assert {one.name for one in until_published.by_park_now.value} - {one.name for one in half.by_park.value} == {
        "重庆枢纽港产业园(江津片区)"
    }
    lines = figures.signed_contracts(sample, FIRST, HALF)
    shared = next(line for line in lines if len(line.parties) == 2)
    assert [(party.share, party.yuan) for party in shared.parties] == [
        (Decimal(60), 12 * YI),
        (Decimal(40), 8 * YI),
    ]
    grown = next(line for line in lines if line.project.startswith("东风小康"))
    assert (grown.origin, grown.projects, grown.yuan) == ("内培", 1, 32 * YI)
    assert sum(1 for line in lines if line.yuan == 10 * YI) == 1


def test_the_traps_that_do_not_count(sample: Book, half: Figures) -> None:
    with sample.read() as reader:
        signings = {one.id: one for one in reader.find(Signing)}
    assert half.mou.value.yuan >= 80 * YI
    assert not set(half.mou.rows) & set(half.signed.rows)
    assert {signings[row].kind for row in half.signed.rows} == {Agreement.FORMAL}
    unsure = [point for point in half.to_confirm.value if point.doubt == "day"]
    assert [signings[point.id].signed_on.precision for point in unsure] == ["year"]
    uncounted = next(one for one in signings.values() if one.counted_projects == 0)
    assert uncounted.id not in half.signed.rows


def test_the_hand_picked_set_is_over_ten_billion(half: Figures) -> None:
    (one,) = half.sets.value
    assert one.tally.yuan > 100 * YI


def test_targets_rankings_and_forecasts(half: Figures) -> None:
    amount = next(line for line in half.targets.value if line.target.metric == "signed_yuan")
    assert amount.target.value == 800 * YI
    assert amount.actual == 534 * YI
    assert [ranking.rank for ranking in half.rankings.value] == [2]
    assert [point.name for point in half.to_confirm.value if point.doubt == "no_document"]
    assert half.forecasts.value


def test_the_published_projects_carry_published_amounts_and_honours(sample: Book) -> None:
    lines = {line.parties[0].name: line for line in figures.signed_contracts(sample, FIRST, HALF)}
    amounts = {name: lines[name].yuan // YI for name in ("巨湾技研", "拓博尔", "东风小康", "中国大唐", "康硕集团")}
    assert list(amounts.values()) == [72, 56, 32, 27, 10]
    assert lines["巨湾技研"].honours == ("独角兽（2022年）",)
    assert lines["中国大唐"].channel == "央企招商"


def test_what_was_not_published_says_that_it_is_a_sample(sample: Book) -> None:
    real = {"巨湾技研", "拓博尔", "东风小康", "中国大唐", "康硕集团", "浙江瑞标", "迈特孚明"}
    with sample.read() as reader:
        enterprises = reader.find(Enterprise)
        published = [one for one in enterprises if "示例" not in one.name]
        projects = {one.id: one for one in reader.find(Project)}
        investors = reader.find(Investor)
    assert {one.name for one in published} == real
    assert all(one.products is None and one.revenue is None and one.uscc is None for one in published)
    ids = {one.id for one in published}
    named = {one.project_id for one in investors if one.enterprise_id in ids}
    assert all("示例" in project.name for project in projects.values() if project.id not in named)


def test_bodies_and_meetings_on_screen_were_there_and_do_not_count(sample: Book, until_published: Figures) -> None:
    with sample.read() as reader:
        visits = reader.find(Visit)
        kinds = {one.id: one.category for one in reader.find(Enterprise)}
    assert sum(1 for visit in visits if kinds[visit.enterprise_id] is not Category.COMPANY) > 5
    assert sum(1 for visit in visits if visit.mode == "online") > 3
    assert all(visit.on <= PUBLISHED for visit in visits)
    assert len(visits) > until_published.visits.value.visits


def test_today_has_something_to_say(sample: Book) -> None:
    with sample.read() as reader:
        due = [task.due for task in reader.find(Task) if task.done_on is None]
        ahead = [trip for trip in reader.find(Trip) if trip.start_on > PUBLISHED]
    assert any(day < PUBLISHED for day in due)
    assert PUBLISHED in due
    assert any(0 < (day - PUBLISHED).days <= 7 for day in due)
    assert ahead


def test_most_projects_that_are_talked_about_have_a_next_step(sample: Book) -> None:
    rows = projects.list_projects(sample)
    talked = [row for row in rows if row.stage in (Stage.NEGOTIATING, Stage.REVIEW, Stage.MOU)]
    with_step = [row for row in rows if row.next_task is not None]
    assert len(talked) / 2 < sum(row in with_step for row in talked) < len(talked) * 4 / 5
    assert {row.stage for row in with_step} == {Stage.NEGOTIATING, Stage.REVIEW, Stage.MOU, Stage.SIGNED, Stage.STARTED}
    assert all(row.project.name.endswith("(示例)") for row in with_step)
    days = [(row.next_task.due - PUBLISHED).days for row in with_step if row.next_task]
    assert min(days) < 0 < max(days)
    assert 0 in days
    assert any(5 <= n <= 11 for n in days)


def test_parks_want_something_of_a_mu_that_some_projects_miss(until_published: Figures) -> None:
    parks = [one for one in until_published.per_mu.value.parks if one.wanted is not None]
    assert len(parks) >= 3
    assert any(one.below for one in parks)
    assert all(len(one.below) < len(one.rows) for one in parks)


def test_numbers_are_left_to_the_office(sample: Book) -> None:
    with sample.read() as reader:
        for kind in (Lead, Trip, Project, Visit):
            assert len(reader.find(kind, number=None)) == len(reader.find(kind))


def test_the_book_is_sound_and_opens_on_its_own_day(tmp_path: Path) -> None:
    path = tmp_path / "d.crm"
    books.close_book(demo_book(path))
    opened = books.open_book(path)
    assert clock.today() == PUBLISHED
    me = books.me(opened)
    assert me is not None
    assert me.name == "示例专员甲"
    assert books.check(opened) == []
    with pytest.raises(Refused):
        books.undo(opened)
    books.close_book(opened)


def demo_book(path: Path) -> Book:
    made = books.create_book(path)
    demo.fill(made)
    return made


def content(book: Book) -> dict[str, list[Any]]:
    """Return every record without its id, a reference as the place of the row it names."""
    found: dict[str, list[Any]] = {}
    with book.read() as reader:
        rows = {table: reader.find(kind) for table, kind in RECORDS.items()}
    places = {record.id: (table, n) for table, many in rows.items() for n, record in enumerate(many)}
    for table, many in rows.items():
        found[table] = [
            {
                field.name: places.get(getattr(record, field.name))
                if isinstance(field.kind, Ref)
                else getattr(record, field.name)
                for field in record.fields
                if not (table == "setting" and record.shown("key") == "me")
            }
            for record in many
        ]
    return found


def test_two_samples_hold_the_same(tmp_path: Path) -> None:
    one, other = (demo_book(tmp_path / name) for name in ("a.crm", "b.crm"))
    assert content(one) == content(other)
    for made in (one, other):
        books.close_book(made)


def test_the_sample_has_something_to_say_of_everything_that_is_counted(until_published: Figures) -> None:
    found = until_published
    assert [line.subject for line in found.league.value.teams.lines] == ["汽车专班", "材料专班", "驻外专班"]
    assert all(line.year.count for line in found.activity.value.lines)
    assert found.needs_by_dept.value
    assert any(one.overdue for one in found.needs_by_dept.value)
    assert found.overdue_starts.value
    assert (len(found.packaged.value.total.rows), len(found.packaged.value.total.signed)) == (4, 1)
    assert {one.name for one in found.coverage.value} == {"五大倍增", "招商五大行动"}
    assert all(one.met and one.open for one in found.coverage.value)
    assert found.per_mu.value.parks
    campaigns = {one.name: (one.year, bool(one.enterprises), bool(one.signed.rows)) for one in found.campaigns.value}
    assert campaigns["五大倍增"] == (2023, True, True)

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema
import pytest

from crm_app import paths
from crm_app.cli.command import print_json
from crm_app.cli.figures import lines
from crm_app.cli.figures_json import as_json
from crm_app.domain.amounts import YI, Currency
from crm_app.domain.attainment import Denominator, Rate
from crm_app.domain.counting import Doubt, Window
from crm_app.domain.days import parse_day
from crm_app.domain.enterprises import Enterprise, Label
from crm_app.domain.events import Event, EventKind
from crm_app.domain.kinds import Amount
from crm_app.domain.outings import CountedBy
from crm_app.domain.projects import (
    Agreement,
    Fund,
    Investor,
    Milestone,
    Origin,
    Project,
    ProjectPark,
    Signing,
    StageEntry,
)
from crm_app.domain.staff import Person
from crm_app.domain.stages import Stage
from crm_app.domain.targets import Annual, Metric, Ranking, Target
from crm_app.domain.trips import Trip, TripKind, TripMember
from crm_app.errors import BadInput
from crm_app.services import demo, figures, targets
from crm_app.services.book import Book

FIRST, LAST = date(2023, 1, 1), date(2023, 6, 30)
SAID_OF_SIGNINGS = {"rate", "rate_on", "counted_yuan", "count_reason"}


def sign(book: Book, on: str, amount: Amount | None = None, kind: Agreement = Agreement.FORMAL, **facts: Any) -> UUID:
    """Write a project with one signing; return the project."""
    said = {name: facts.pop(name) for name in SAID_OF_SIGNINGS & facts.keys()}
    with book.unit("sign") as unit:
        project = unit.insert(Project, name=f"项目 {on}", **facts)
        enterprise = unit.insert(Enterprise, name=f"企业 {project}")
        unit.insert(Investor, project_id=project, enterprise_id=enterprise, share=Decimal(100))
        day = parse_day(on, LAST)
        unit.insert(Signing, project_id=project, kind=kind, signed_on=day, amount=amount or Amount(YI), **said)
        unit.commit()
    return project


def add(book: Book, record: type, **values: Any) -> UUID:
    with book.unit("add") as unit:
        row = unit.insert(record, **values)
        unit.commit()
    return row


def document_of(book: Book, last: date = LAST) -> dict[str, Any]:
    return as_json(figures.compare(book, Window(FIRST, last), None).now)


def test_an_empty_book_has_every_figure_and_no_year_before(book: Book) -> None:
    found = figures.figures(book, FIRST, LAST)
    assert (found.signed.value.count, found.signed.value.yuan) == (0, 0)
    assert found.last_year.value is None
    assert found.year_on_year.value is None
    assert found.rates.value.rates[0].ratio is None
    assert "无同期数据" in "".join(lines(found))
    document = document_of(book)
    assert document["last_year"]["value"] is None
    # Of the half-year under way, as many days of the year before.
    assert document["last_year"]["window"] == {"from": "2022-01-01", "to": "2022-06-14"}


def test_a_year_before_that_was_kept_and_empty_is_a_zero_without_a_rate(book: Book) -> None:
    sign(book, "2021-05-01")
    sign(book, "2023-05-01")
    found = figures.figures(book, FIRST, LAST)
    assert found.last_year.value is not None
    assert found.last_year.value.count == 0
    assert found.year_on_year.value is not None
    assert found.year_on_year.value.yuan.rate is None


def test_what_is_not_filled_in_is_a_part_of_its_own_and_is_listed(book: Book) -> None:
    sign(book, "2023-05-01", cluster="先进材料", channel="基金招商", origin=Origin.ATTRACTED)
    bare = sign(book, "2023-05-02")
    found = figures.figures(book, FIRST, LAST)
    named = {one["name"]: one["count"] for one in document_of(book)["by_cluster"]["value"]}
    assert named == {"先进材料": 1, "未填": 1}
    doubts = {point.doubt for point in found.to_confirm.value if point.id == bare}
    assert doubts == {Doubt.CLUSTER, Doubt.CHANNEL, Doubt.ORIGIN, Doubt.PARK}


def test_a_dollar_contract_without_a_rate_and_a_day_known_to_the_year_are_to_be_confirmed(book: Book) -> None:
    sign(book, "2023-05-01", Amount(100, Currency.USD))
    sign(book, "2023年")
    codes = [point.doubt for point in figures.figures(book, FIRST, LAST).to_confirm.value]
    assert {Doubt.RATE, Doubt.DAY} <= set(codes)


def test_shares_that_do_not_sum_to_a_hundred_are_to_be_confirmed(book: Book) -> None:
    project = sign(book, "2023-05-01")
    other = add(book, Enterprise, name="另一企业")
    add(book, Investor, project_id=project, enterprise_id=other, share=Decimal(40))
    assert Doubt.SHARES in {point.doubt for point in figures.figures(book, FIRST, LAST).to_confirm.value}


def test_funds_stay_by_currency_and_foreign_investment_in_dollars(book: Book) -> None:
    project = sign(book, "2023-05-01", fdi_contracted=5_000_000_00)
    for amount, foreign in ((Amount(YI), False), (Amount(1_000_000_50, Currency.USD), True)):
        add(book, Fund, project_id=project, on=date(2023, 6, 1), amount=amount, foreign=foreign)
    document = document_of(book)
    assert document["funds"]["value"] == {"cny_yuan": YI, "usd": 1_000_000.5}
    assert document["fdi"]["value"] == {"contracted_usd": 5_000_000, "actual_usd": 1_000_000.5}
    assert document["signed"]["value"]["amount_yuan"] == YI


def test_the_rates_and_their_denominator(book: Book) -> None:
    started, kept = sign(book, "2023-02-01"), sign(book, "2022-02-01")
    add(book, StageEntry, project_id=started, stage=Stage.STARTED, on=date(2023, 4, 1), evidence="许可证")
    add(book, Milestone, project_id=kept, kind="注册", on=date(2022, 3, 1))
    add(book, Fund, project_id=started, on=date(2023, 5, 1), amount=Amount(YI // 4))
    rates = {one.rate: one for one in figures.figures(book, FIRST, LAST).rates.value.rates}
    assert [(rates[rate].part, rates[rate].whole) for rate in (Rate.STARTED, Rate.FULFILLED)] == [(1, 1), (1, 1)]
    assert rates[Rate.FUNDED].ratio == Decimal("0.25")
    figures.change_rules(book, replace(figures.counting_rules(book), denominator=Denominator.ALL_STANDING))
    table = figures.figures(book, FIRST, LAST).rates.value
    assert table.basis is Denominator.ALL_STANDING
    rates = {one.rate: one for one in table.rates}
    assert (rates[Rate.STARTED].part, rates[Rate.FULFILLED].part, rates[Rate.STARTED].whole) == (1, 2, 2)


def test_the_rules_are_kept_and_checked(book: Book) -> None:
    wanted = figures.Rules((2 * YI, YI), CountedBy.RETURN, Denominator.WINDOW_STANDING, 3 * YI, date(2023, 2, 1))
    figures.change_rules(book, wanted)
    assert figures.counting_rules(book) == replace(wanted, thresholds=(YI, 2 * YI))
    assert [band.at_least for band in figures.figures(book, FIRST, LAST).bands.value] == [YI, 2 * YI]
    with pytest.raises(BadInput):
        figures.change_rules(book, replace(wanted, thresholds=()))


def test_a_teams_target_counts_its_own_projects_and_trips(book: Book) -> None:
    mine, other = (add(book, Person, name=name, team=team) for name, team in (("甲", "汽车专班"), ("乙", "材料专班")))
    sign(book, "2023-05-01", owner_id=mine)
    sign(book, "2023-05-02", owner_id=other)
    trip = add(book, Trip, title="赴深圳", start_on=FIRST, end_on=FIRST, kind=TripKind.OUTING)
    add(book, TripMember, trip_id=trip, person_id=other)
    year = {"from_on": FIRST, "to_on": date(2023, 12, 31), "value": 2}
    for metric in (Metric.SIGNED_COUNT, Metric.TRIPS):
        for subject in ("汽车专班", "全区"):
            add(book, Target, metric=metric, subject=subject, **year)
    found = figures.figures(book, FIRST, LAST).targets.value
    reached = {(line.target.metric, line.target.subject): line.actual for line in found}
    assert reached == {
        (Metric.SIGNED_COUNT, "汽车专班"): 1,
        (Metric.SIGNED_COUNT, "全区"): 2,
        (Metric.TRIPS, "汽车专班"): 0,
        (Metric.TRIPS, "全区"): 1,
    }


def test_a_target_reaches_only_into_its_own_period(book: Book) -> None:
    sign(book, "2022-12-31")
    sign(book, "2023-01-01")
    add(book, Target, metric=Metric.SIGNED_COUNT, subject="全区", value=10, from_on=FIRST, to_on=date(2023, 12, 31))
    (line,) = figures.figures(book, date(2022, 7, 1), LAST).targets.value
    assert (line.actual, line.window.first, line.ratio) == (1, FIRST, Decimal("0.1"))


def test_one_target_is_in_force_however_it_was_revised(book: Book) -> None:
    asked = {"metric": Metric.SIGNED_COUNT, "from_on": FIRST, "to_on": date(2023, 12, 31), "subject": "全区"}
    old = targets.set_target(book, **asked, value=100).value
    targets.change_target(book, old, value=120, effective_from=date(2023, 9, 1))
    targets.change_target(book, old, value=110, effective_from=date(2023, 3, 1))
    known = [line.target.value for line in figures.figures(book, FIRST, LAST).targets.value]
    assert known == [110], "the second revision came after the first, which was not in force yet"
    assert [one.value for one in targets.list_targets(book)] == [110]


def test_the_rows_of_a_figure_sum_to_it(book: Book) -> None:
    sign(book, "2023年3月1日", Amount(YI))
    dollars = sign(book, "2023年3月2日", Amount(100_000_00, Currency.USD), rate=Decimal(7), rate_on=FIRST)
    other = sign(book, "2023年3月3日", Amount(5 * YI), counted_yuan=3 * YI, count_reason="只计固定资产")
    add(book, Fund, project_id=other, on=date(2023, 4, 1), amount=Amount(900_00, Currency.USD), foreign=True)
    made = figures.figures(book, FIRST, LAST)
    assert made.signed.value.yuan == 4 * YI + 700_000
    assert [row.yuan for row in figures.rows(book, made.signed.rows)] == [YI, 700_000, 3 * YI]
    (fund,) = figures.rows(book, made.funds.rows)
    assert (fund.yuan, fund.cents) == (None, 900_00)
    assert dollars != other


def test_a_ranking_is_printed_only_with_its_document_and_in_its_period(book: Book) -> None:
    for period, document in (("2023年上半年", "考〔2023〕7号"), ("2022年上半年", "考〔2022〕7号"), ("2023年6月", None)):
        add(book, Ranking, board="考核", period=period, rank=2, of=12, document=document)
    found = figures.figures(book, FIRST, LAST)
    assert [one.period for one in found.rankings.value] == ["2023年上半年"]
    assert [point.doubt for point in found.to_confirm.value] == [Doubt.NO_DOCUMENT]


def test_an_honour_counts_while_it_is_valid(book: Book) -> None:
    project = sign(book, "2023-05-01")
    with book.read() as reader:
        enterprise = reader.find(Investor, project_id=project)[0].enterprise_id
    add(book, Label, enterprise_id=enterprise, honour="独角兽", year=2022)
    add(book, Label, enterprise_id=enterprise, honour="瞪羚", year=2019, valid_to=date(2022, 12, 31))
    assert [(one.name, one.rows) for one in figures.figures(book, FIRST, LAST).labels.value] == [
        ("独角兽", (enterprise,))
    ]


def test_per_mu_is_of_the_last_full_year(book: Book) -> None:
    enterprise = add(book, Enterprise, name="亩均示例")
    for year, output in ((2022, 9_000_000), (2023, 12_000_000)):
        add(book, Annual, enterprise_id=enterprise, year=year, output=output, tax=output // 10, land=Decimal(30))
    assert figures.figures(book, FIRST, LAST).per_mu.value.output_per_mu == Decimal(30)
    whole = figures.figures(book, FIRST, date(2023, 12, 31)).per_mu.value
    assert (whole.year, whole.output_per_mu, whole.tax_per_mu) == (2023, Decimal(40), Decimal(4))


def test_events_by_kind(book: Book) -> None:
    for sessions, people in ((3, 120), (None, 30)):
        add(book, Event, name="培训", on=FIRST, kind=EventKind.TRAINING, sessions=sessions, people=people)
    (training,) = figures.figures(book, FIRST, LAST).events.value
    assert (training.count, training.sessions, training.people) == (2, 4, 150)


def test_the_park_of_signing_and_the_park_at_the_end(book: Book) -> None:
    project = sign(book, "2023-05-01")
    for park, on in (("双福科技创新城", date(2023, 4, 1)), ("珞璜临港产业城", date(2023, 6, 1))):
        add(book, ProjectPark, project_id=project, park=park, from_on=on)
    found = figures.figures(book, FIRST, LAST)
    assert found.by_park.value[0].name == "双福科技创新城"
    assert found.by_park_now.value[0].name == "珞璜临港产业城"


def test_a_deleted_project_counts_nowhere(book: Book) -> None:
    project = sign(book, "2023-05-01")
    with book.unit("delete") as unit:
        unit.delete(Project, project)
        unit.commit()
    assert figures.figures(book, FIRST, LAST).signed.value.count == 0


@pytest.fixture
def sample(book: Book) -> Book:
    demo.fill(book)
    return book


def test_the_document_follows_its_schema_and_every_row_can_be_shown(sample: Book) -> None:
    schema = json.loads((Path(paths.__file__).parents[1] / "docs" / "schemas" / "figures.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for last in (LAST, date(2023, 7, 12)):
        out = io.StringIO()
        with redirect_stdout(out):
            print_json(document_of(sample, last))
        document = json.loads(out.getvalue())
        check.validate(document)
        for name, figure in document.items():
            rows = [UUID(row) for row in figure["rows"]]
            assert [row.id for row in figures.rows(sample, rows)] == rows, name


def test_the_lines_a_person_reads(sample: Book) -> None:
    said = "\n".join(lines(figures.figures(sample, FIRST, LAST)))
    assert "签约：70个，534亿元" in said
    assert "未填" not in said

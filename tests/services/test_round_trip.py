"""What a book exports makes the same book elsewhere: kind by kind into an empty one, and out again the same rows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crm_app import clock
from crm_app.domain.amounts import Currency, MoneyRange
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.days import month_of, year_of
from crm_app.domain.enterprises import Category, Enterprise, EnterpriseName, Label, NameKind
from crm_app.domain.events import Event, EventKind
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.import_kinds import rank_of
from crm_app.domain.kinds import Amount
from crm_app.domain.leads import Lead, Triage
from crm_app.domain.projects import (
    Agreement,
    Fund,
    Investor,
    Milestone,
    Need,
    Project,
    ProjectPark,
    Signing,
    StageEntry,
)
from crm_app.domain.spans import FuzzyDay, Precision
from crm_app.domain.staff import Person
from crm_app.domain.stages import Stage
from crm_app.domain.targets import Annual, Forecast, Metric, Ranking, Target
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip, TripKind, TripMember, TripPlan
from crm_app.domain.visits import Intent, Reception, ReceptionPerson, Visit, VisitContact, VisitMode, VisitPerson
from crm_app.services import book as books
from crm_app.services import exports, imports
from crm_app.services.book import Book
from crm_app.services.imports import Action
from tests import templates
from tests.cells import rows_of

TODAY = date(2023, 6, 14)
ORDER = sorted(exports.KINDS, key=rank_of)
USCC = ("91500000MA5U0EXAXT", None, None)
BODIES = ("电池", "=1+1", "+86", "-5", "@x", "'引号", '"双"引', "甲,乙;丙", "一行\n二行", "䶮", "<r>甲</r>", "_x0041_")

texts = st.none() | st.builds("{}{}".format, st.sampled_from(BODIES), st.sampled_from(("", "扩产", "约3亿元")))
days = st.dates(date(2022, 1, 1), TODAY)
yuan = st.none() | st.integers(0, 10**12)
ranges = st.none() | st.builds(
    lambda low, more, about: MoneyRange(low, low + more, Currency.CNY, approximate=about, typed=""),
    st.integers(1, 10**7).map(lambda n: n * 1000),
    st.sampled_from((0, 0, 10**7)),
    st.booleans(),
)
fuzzy = st.builds(lambda day: FuzzyDay(day, day, Precision.DAY), days) | st.sampled_from(
    (month_of(2023, 5), year_of(2022))
)
phones = st.sampled_from((None, "+8613800000001", "+862347654321;ext=8001"))
money = st.builds(Amount, st.integers(1, 10**8).map(lambda n: n * 100), st.sampled_from(Currency))


@contextmanager
def new_book(folder: Path, name: str) -> Iterator[Book]:
    made = templates.new_book(folder / f"{name}.crm")
    try:
        yield made
    finally:
        books.close_book(made)


def fill(book: Book, draw: Any) -> None:
    """Write a few records of every kind, with whatever is drawn."""
    with book.unit("随机") as unit:
        (me,) = [one.id for one in unit.find(Person)] or [unit.insert(Person, name="单晓")]
        colleague = unit.insert(Person, name=draw(st.sampled_from(("龚䶮", "Mary Jones"))))

        def text() -> str | None:
            return draw(texts)

        firms = [
            unit.insert(
                Enterprise,
                name=f"{word}{draw(st.sampled_from(('', '=1+1', '(集团)')))}示例有限公司",
                uscc=code,
                category=draw(st.sampled_from(Category)),
                region="重庆市",
                address=text(),
                products=text(),
                revenue=draw(yuan),
                revenue_year=2022,
                staff=draw(st.none() | st.integers(0, 10**6)),
                fit=text(),
                topics=text(),
            )
            for word, code in zip(("䶮飞", "渝能", "江驰"), USCC, strict=True)
        ]
        unit.insert(EnterpriseName, enterprise_id=firms[0], name="䶮飞", kind=NameKind.SHORT)
        unit.insert(EnterpriseName, enterprise_id=firms[0], name="渝飞旧名", kind=NameKind.FORMER)
        people = []
        for firm, name in zip((firms[0], firms[0], firms[1]), ("王䶮", "李小示", "王小示"), strict=True):
            person = unit.insert(
                Contact,
                name=name,
                phone=draw(phones),
                note=text(),
            )
            unit.insert(
                Position, contact_id=person, enterprise_id=firm, title="总经理", main=True if name == "李小示" else None
            )
            people.append(person)
        ceremony = unit.insert(
            Event, name=f"{draw(st.sampled_from(BODIES))}集中签约", on=draw(days), place=text(),
            kind=draw(st.sampled_from(EventKind)), sessions=draw(st.none() | st.integers(0, 99)),
            people=draw(st.none() | st.integers(0, 9999)),
        )  # fmt: skip
        start = draw(days)
        trip = unit.insert(
            Trip, title="赴沪招商", start_on=start, end_on=start + timedelta(days=2), kind=TripKind.OUTING,
            regions=("上海市", "江苏省"), leader_id=me, purpose=text(), findings=text(),
        )  # fmt: skip
        unit.insert(TripMember, trip_id=trip, person_id=colleague)
        unit.insert(TripPlan, trip_id=trip, enterprise_id=firms[1])
        visit = unit.insert(
            Visit, enterprise_id=firms[0], on=draw(days), time=draw(st.sampled_from((None, "09:30"))), trip_id=trip,
            mode=draw(st.sampled_from(VisitMode)), talk=text(), asks=text(), place=text(),
            intent=draw(st.none() | st.sampled_from(Intent)),
        )  # fmt: skip
        unit.insert(VisitPerson, visit_id=visit, person_id=colleague)
        for person in people[:2]:
            unit.insert(VisitContact, visit_id=visit, contact_id=person, title="总经理")
        met = unit.insert(Visit, enterprise_id=firms[1], on=draw(days), mode=VisitMode.FACE_TO_FACE)
        lead = unit.insert(
            Lead, enterprise_id=firms[1], title="电池扩产", registered_on=draw(days), owner_id=me, visit_id=met,
            first_reporter_id=colleague, contact_id=people[2], content=text(), intent=draw(ranges), note=text(),
            triage=draw(st.sampled_from(Triage)),
        )  # fmt: skip
        received = unit.insert(
            Reception, guests="李小示一行", on=draw(days), enterprise_id=firms[0], host_id=me, result=text(),
            sites=("双福园区", "展厅"),
        )  # fmt: skip
        unit.insert(ReceptionPerson, reception_id=received, person_id=colleague)
        project = unit.insert(
            Project, name="电池基地", owner_id=me, lead_id=lead, content=text(), total_investment=draw(yuan),
            intent=draw(ranges), expected_on=draw(st.none() | fuzzy), land=draw(st.none() | st.just(Decimal("12.5"))),
            contact_id=people[0],
            other_channels=("以商招商", "会展"),
        )  # fmt: skip
        unit.insert(Investor, project_id=project, enterprise_id=firms[0], share=Decimal(60))
        unit.insert(Investor, project_id=project, enterprise_id=firms[1], share=Decimal(40))
        unit.insert(ProjectPark, project_id=project, park="双福科技创新城")
        signed = draw(fuzzy)
        unit.insert(
            Signing, project_id=project, kind=Agreement.FORMAL, signed_on=signed, amount=draw(money), note=text(),
            event_id=ceremony,
        )  # fmt: skip
        unit.insert(StageEntry, project_id=project, stage=Stage.NEGOTIATING, on=date(2022, 1, 1), reason=text())
        unit.insert(StageEntry, project_id=project, stage=Stage.SIGNED, on=signed.last, reason="签约")
        for day in sorted({draw(days), draw(days)}):
            unit.insert(Fund, project_id=project, on=day, amount=draw(money), kind="设备", note=text())
        for kind, day in zip(draw(st.permutations(("环评", "供地", "备案"))), {draw(days), draw(days)}, strict=False):
            unit.insert(Milestone, project_id=project, kind=kind, on=day, evidence=text())
        for of in ({"enterprise_id": firms[0], "visit_id": visit}, {"enterprise_id": firms[0], "project_id": project},
                   {"project_id": project, "promised_on": draw(days)}):  # fmt: skip
            unit.insert(
                Need, kind=draw(st.sampled_from(("用电", "用地", "其他"))), text=text(),
                dept=draw(st.sampled_from((None, "经信委"))), quantity=draw(st.none() | st.just(Decimal("12.5"))),
                measure="亩", due=draw(st.none() | days),
                solved_on=draw(st.none() | days), **of,
            )  # fmt: skip
        for firm, year in ((firms[0], 2022), (firms[0], 2021), (firms[1], None)):
            unit.insert(
                Label, enterprise_id=firm, honour="专精特新", year=year, issuer=text(), valid_to=draw(st.none() | days)
            )
        follow_up = unit.insert(
            FollowUp, on=draw(days), mode="电话", content=text() or "电话沟通", enterprise_id=firms[0],
            contact_id=people[0], visit_id=visit, person_id=colleague,
        )  # fmt: skip
        unit.insert(
            FollowUp, on=draw(days), mode="微信", content="再约", enterprise_id=firms[1], contact_id=people[2],
            lead_id=lead,
        )  # fmt: skip
        for what, of in (("回访", {"enterprise_id": firms[0], "visit_id": visit, "follow_up_id": follow_up}),
                         ("报送方案", {"enterprise_id": firms[1], "lead_id": lead}),
                         ("催办环评", {"project_id": project}), ("写周报", {})):  # fmt: skip
            unit.insert(Task, what=what, due=draw(days), owner_id=me, done_on=draw(st.none() | days), **of)
        unit.insert(
            Target, metric=draw(st.sampled_from(Metric)), from_on=date(2023, 1, 1), to_on=date(2023, 12, 31),
            subject="全区", value=draw(st.integers(1, 10**6)) * 10_000, issuer=text(),
        )  # fmt: skip
        unit.insert(
            Forecast, metric=draw(st.sampled_from(Metric)), from_on=date(2023, 1, 1), to_on=date(2023, 12, 31),
            value=draw(st.integers(1, 10**6)) * 10_000, basis=text() or "在谈项目",
        )  # fmt: skip
        unit.insert(
            Ranking, board="赛马榜", period="2023年上半年", rank=draw(st.integers(1, 40)), group="主城新区", of=40,
            document=draw(st.none() | st.just("渝招办〔2023〕5号")), announced_on=draw(st.none() | days),
        )  # fmt: skip
        for year in (2021, 2022):
            unit.insert(
                Annual, enterprise_id=firms[0], year=year, output=draw(yuan), tax=draw(yuan) or 1, source=text()
            )
        unit.commit()


def test_whatever_goes_out_is_a_kind_that_comes_in() -> None:
    assert set(ORDER) == set(exports.KINDS) == set(imports.KINDS) - {"auto"}


def everything(book: Book, folder: Path, suffix: str) -> dict[str, list[list[object]]]:
    found = {}
    for kind in ORDER:
        path = folder / f"{kind}{suffix}"
        exports.export(book, kind, path, personal=True)
        found[kind] = rows_of(path)
    return found


@settings(
    max_examples=2,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(st.data(), st.sampled_from((".xlsx", ".csv")))
def test_what_goes_out_makes_the_same_book(data: st.DataObject, suffix: str) -> None:
    clock.pin_today(TODAY)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "again").mkdir()
        with new_book(folder, "a") as book, new_book(folder, "b") as empty:
            fill(book, data.draw)
            gone = everything(book, folder, suffix)
            for kind in ORDER:
                plan = imports.plan(book, folder / f"{kind}{suffix}", kind)
                assert {row.action for row in plan.rows} == {Action.UNCHANGED}, (kind, plan.rows)
                plan = imports.plan(empty, folder / f"{kind}{suffix}", kind)
                assert not [row.reasons for row in plan.rows if row.reasons], kind
                imports.apply(empty, plan)
            come = everything(empty, folder / "again", suffix)
            for kind in ORDER:
                # A contract brings its stage before the log of stages comes: that entry has an id of its own.
                most = -1 if kind == "stages" else None
                assert [row[:most] for row in come[kind]] == [row[:most] for row in gone[kind]], kind

"""History comes in from ledgers as offices write them: linked by name, code or number, twice without a trace."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.staff import Person
from crm_app.domain.targets import Metric, Target
from crm_app.domain.tasks import Task
from crm_app.domain.trips import PlanState, Trip, TripKind, TripMember, TripPlan
from crm_app.domain.visits import Reception, ReceptionPerson, Visit
from crm_app.services import receptions
from crm_app.services.book import Book
from crm_app.services.receptions import Receive
from tests.services.ledgers import (
    CONTACTS,
    FOLLOW_UPS,
    OTHER_CODE,
    RECEPTIONS,
    TARGETS,
    TRIPS,
    Rows,
    all_of,
    counts,
    imported,
    ledger,
    run,
)


def test_contacts_come_with_their_posts(book: Book, tmp_path: Path) -> None:
    plan = imported(book, ledger(tmp_path / "通讯录.xlsx", "客商通讯录", CONTACTS), "contacts", 3, 1)
    assert "王小示" in plan.rows[3].reasons[0]
    first, second, _third = all_of(book, Contact)
    assert (first.name, first.salutation, first.surname_pinyin, first.note) == ("曾小示", "曾老师", "zeng", "爱茶")  # type: ignore[attr-defined]
    assert second.name == "John Smith"  # type: ignore[attr-defined]
    assert [post.title for post in all_of(book, Position)] == ["董事长", "CEO", "顾问", None]  # type: ignore[attr-defined]
    assert len(all_of(book, Enterprise)) == 3


def test_trips_come_with_who_went_and_whom_they_mean_to_meet(book: Book, tmp_path: Path) -> None:
    run(book, _visits(tmp_path))
    plan = imported(book, ledger(tmp_path / "外出.xlsx", "2023年外出招商情况表", TRIPS), "trips", 2, 1)
    assert "2023-06-01" in plan.rows[2].reasons[0]
    trip, other = all_of(book, Trip)
    assert isinstance(trip, Trip)
    assert isinstance(other, Trip)
    assert (trip.start_on, trip.end_on, trip.regions) == (date(2023, 6, 1), date(2023, 6, 3), ("苏州", "无锡"))
    assert (other.start_on, other.end_on, other.kind) == (date(2023, 5, 10), date(2023, 5, 10), TripKind.OUTING)
    assert [one.days for one in all_of(book, TripMember)] == [Decimal("1.5"), Decimal(3)]  # type: ignore[attr-defined]
    assert [one.state for one in all_of(book, TripPlan)] == [PlanState.DONE, PlanState.TO_ASK]  # type: ignore[attr-defined]
    assert {one.name for one in all_of(book, Person)} >= {"单晓", "曾敏", "李华"}  # type: ignore[attr-defined]


def _visits(tmp_path: Path) -> Path:
    return ledger(
        tmp_path / "拜访.xlsx", "拜访", [["拜访企业", "拜访日期", "下一步"], ["甲公司", "2023.6.2", "下周三 回访"]]
    )


def test_a_visit_belongs_to_the_trip_of_that_name_that_was_under_way(book: Book, tmp_path: Path) -> None:
    heads, name = ["批次名称", "出发日期", "返回日期"], "赴上海招商"
    both: Rows = [heads, [name, "2023.3.1", "3.4"], [name, "2023.6.1", "6.3"]]
    imported(book, ledger(tmp_path / "外出.xlsx", "外出", both), "trips", 2)
    met: Rows = [["拜访企业", "拜访日期", "所属批次"], ["甲公司", "2023.6.2", name], ["乙公司", "2023.5.9", name]]
    plan = imported(book, ledger(tmp_path / "拜访.xlsx", "拜访", met), "visits", 2)
    assert [one.trip_id for one in all_of(book, Visit)] == [all_of(book, Trip)[1].id, None]  # type: ignore[attr-defined]
    assert "不止一个" in plan.rows[1].remarks[0]


def test_a_next_step_of_a_visit_is_a_task_from_its_own_day_on(book: Book, tmp_path: Path) -> None:
    imported(book, _visits(tmp_path), "visits", 1)
    (task,), (visit,) = all_of(book, Task), all_of(book, Visit)
    assert isinstance(task, Task)
    assert (task.what, task.due, task.visit_id) == ("回访", date(2023, 6, 7), visit.id)


def test_receptions_are_no_visits(book: Book, tmp_path: Path) -> None:
    imported(book, ledger(tmp_path / "接待.xlsx", "来访接待台账", RECEPTIONS), "receptions", 3, 1)
    first, second, third = all_of(book, Reception)
    assert isinstance(first, Reception)
    assert (first.guests, first.time, first.sites) == ("张某某一行5人", "09:30", ("双福园区", "标准厂房"))
    beside = [one.person_id for one in all_of(book, ReceptionPerson) if one.reception_id == first.id]
    assert [one.name for one in all_of(book, Person) if one.id in beside] == ["曾敏"]
    assert (second.guests, second.time) == ("甲公司", "15:00")  # type: ignore[attr-defined]
    assert (third.guests, third.enterprise_id) == ("省商会考察团", None)  # type: ignore[attr-defined]
    (task,) = all_of(book, Task)
    assert (task.due, task.reception_id) == (date(2023, 6, 20), first.id)  # type: ignore[attr-defined]
    assert all_of(book, Visit) == []


def test_who_was_there_is_no_host_and_the_host_stands_once(book: Book, tmp_path: Path) -> None:
    head = ["来访企业", "来访时间", "接待人", "陪同人员", "接待情况"]
    rows: Rows = [
        head,
        ["甲公司", "2023-06-05", "单晓", "单晓、曾敏", "有意向"],
        ["乙公司", "2023-06-06", "", "曾敏", "再谈"],
    ]
    run(book, ledger(tmp_path / "接待.xlsx", "来访接待台账", rows), "receptions")
    ids = [one.id for one in all_of(book, Reception)]
    present = [[one.name for one in receptions.reception_sheet(book, row).hosts] for row in ids]
    assert present == [["单晓", "曾敏"], ["曾敏"]]
    assert len(all_of(book, ReceptionPerson)) == 2
    sheet = receptions.reception_sheet(book, ids[1])
    again = Receive(guests="乙公司", on=date(2023, 6, 6), hosts=tuple(one.id for one in sheet.hosts), result="月底再谈")
    receptions.change_reception(book, ids[1], again)
    sheet = receptions.reception_sheet(book, ids[1])
    assert (sheet.reception.host_id, sheet.reception.result) == (None, "月底再谈")
    assert [one.name for one in sheet.hosts] == ["曾敏"]


def test_follow_ups_keep_their_authors_and_leave_only_the_last_step_open(book: Book, tmp_path: Path) -> None:
    plan = imported(book, ledger(tmp_path / "跟进.xlsx", "跟进台账", FOLLOW_UPS), "follow_ups", 2, 2)
    assert OTHER_CODE in plan.rows[2].reasons[0]
    assert any("组织专家论证" in said and "2023" in said for said in plan.rows[1].remarks)
    first, second = all_of(book, FollowUp)
    assert isinstance(first, FollowUp)
    assert (first.on, first.time, first.mode) == (date(2023, 6, 1), "10:00", "电话")
    assert isinstance(second, FollowUp)
    assert second.person_id is None
    steps = [(one.what, one.due, one.done_on) for one in all_of(book, Task) if isinstance(one, Task)]
    assert steps == [
        ("组织专家论证", date(2023, 6, 2), date(2023, 6, 8)),
        ("签订框架协议", date(2023, 6, 16), None),
    ]


def test_targets_are_read_in_the_unit_of_their_metric_and_revised_by_a_later_ledger(book: Book, tmp_path: Path) -> None:
    imported(book, ledger(tmp_path / "指标.xlsx", "目标任务分解表", TARGETS), "targets", 3, 2)
    targets = [one for one in all_of(book, Target) if isinstance(one, Target)]
    assert [(one.metric, one.value) for one in targets] == [
        (Metric.SIGNED_COUNT, 30),
        (Metric.SIGNED_YUAN, 53_400_000_000),
        (Metric.FDI_USD, 12_000_000_000),
    ]
    revised: Rows = [TARGETS[0], ["签约项目数", "招商一局", "2023年", 35, "个", "区委办", "津委办〔2023〕9号"]]
    imported(book, ledger(tmp_path / "调整.xlsx", "调整", revised), "targets", 1)
    assert all_of(book, Target)[3].supersedes_id == targets[0].id  # type: ignore[attr-defined]
    assert counts(run(book, ledger(tmp_path / "又.xlsx", "又", TARGETS[:2]))) == (0, 0, 1, 0)

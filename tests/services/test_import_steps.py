"""Next steps come in on their own, and follow-ups with the visit they followed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Visit, VisitMode
from crm_app.services import enterprises, imports
from crm_app.services.book import Book
from crm_app.services.tasks import finish_task
from crm_app.services.visits import WriteVisit, write_visit
from tests.services.ledgers import PROJECTS, Rows, all_of, imported, ledger, run

STEPS: Rows = [
    ["待办事项", "企业名称", "项目名称", "拜访日期", "责任人", "完成时限", "办结日期"],
    ["回访", "甲公司", "", "2023-06-02", "单晓", "2023-06-20", "2023-06-12"],
    ["回访", "甲公司", "", "", "单晓", "2023-07-20", ""],
    ["催办环评", "", "电池基地(示例)", "", "", "", ""],
    ["写周报", "", "", "", "", "2023-06-16", ""],
    ["", "甲公司", "", "", "", "2023-06-16", ""],
    ["约谈", "甲公司", "", "2023-06-03", "", "2023-06-16", ""],
]


def test_a_ledger_of_next_steps_comes_in(book: Book, tmp_path: Path) -> None:
    run(book, ledger(tmp_path / "项目.xlsx", "项目台账", PROJECTS), "projects")
    met = write_visit(book, WriteVisit(name="甲公司", on=date(2023, 6, 2), talk="谈"))
    plan = imported(book, ledger(tmp_path / "待办清单.xlsx", "待办事项清单", STEPS), "tasks", 5, 1)
    assert "要做什么" in plan.rows[4].reasons[0]
    assert "2023-06-03" in plan.rows[5].remarks[0]
    tasks = [one for one in all_of(book, Task) if isinstance(one, Task)]
    assert [(one.what, one.due, one.done_on) for one in tasks] == [
        ("回访", date(2023, 6, 20), date(2023, 6, 12)),
        ("回访", date(2023, 7, 20), None),
        ("催办环评", date(2023, 6, 15), None),
        ("写周报", date(2023, 6, 16), None),
        ("约谈", date(2023, 6, 16), None),
    ]
    assert [one.visit_id for one in tasks] == [met.value, None, None, None, None]
    assert tasks[2].project_id is not None
    later: Rows = [STEPS[0], ["回访", "甲公司", "", "", "", "2023-08-01", ""]]
    moved = imports.plan(book, ledger(tmp_path / "又.xlsx", "待办", later), "tasks")
    assert [change.field for change in moved.rows[0].changes] == ["完成时限"]


def test_a_follow_up_is_linked_to_the_visit_it_followed(book: Book, tmp_path: Path) -> None:
    known = enterprises.create_enterprise(book, name="甲公司").value
    with book.unit("拜访") as unit:
        visits = [
            unit.insert(Visit, enterprise_id=known, on=date(2023, 6, day), time=time, mode=VisitMode.FACE_TO_FACE)
            for day, time in ((2, "09:30"), (2, None), (5, None))
        ]
        unit.commit()
    rows: Rows = [
        ["企业名称", "跟进日期", "跟进内容", "关联拜访"],
        ["甲公司", "2023-06-08", "问用电", "2023-06-05"],
        ["甲公司", "2023-06-09", "问厂房", "2023-06-02 09:30"],
        ["甲公司", "2023-06-10", "问人才", "2023年6月2日"],
        ["甲公司", "2023-06-11", "问税收", "上次"],
    ]
    plan = imported(book, ledger(tmp_path / "跟进.xlsx", "跟进台账", rows), "follow_ups", 4)
    followed = [one.visit_id for one in all_of(book, FollowUp) if isinstance(one, FollowUp)]
    assert followed == [visits[2], visits[0], visits[1], None]
    assert "上次" in plan.rows[3].remarks[0]


def test_steps_without_a_day_are_neither_all_due_tomorrow_nor_overdue_and_come_back_unchanged(
    book: Book, tmp_path: Path
) -> None:
    rows: Rows = [["项目名称", "项目阶段", "下一步工作打算"]]
    rows = [*rows, *([f"项目{n}(示例)", "在谈", f"对接第{n}家"] for n in range(1, 61))]
    path = ledger(tmp_path / "项目.xlsx", "在谈项目台账", rows)
    plan = imported(book, path, "projects", 60)
    assert all("2023" in said for row in plan.rows for said in row.remarks if "没有写完成时限" in said)
    assert sum("没有写完成时限" in said for row in plan.rows for said in row.remarks) == 60
    by_day = Counter(one.due for one in all_of(book, Task) if isinstance(one, Task))
    assert (len(by_day), set(by_day.values())) == (20, {3})
    assert min(by_day) == date(2023, 6, 15)
    assert not any(day.weekday() > 4 and day != date(2023, 6, 25) for day in by_day)
    task = all_of(book, Task)[0]
    finish_task(book, task.id)
    again = imported(book, path, "projects", 0, 0)
    assert again.result.unchanged == 60
    assert [said for row in again.rows for said in row.remarks if "再做一次" in said] == [
        "这一步已于2023年6月14日办完；要再做一次，请写上时限。"
    ]
    old: Rows = [["企业名称", "拜访日期", "洽谈内容", "下一步"], ["甲公司", "2022-03-01", "谈扩产", "寄资料"]]
    run(book, ledger(tmp_path / "拜访.xlsx", "2022年拜访", old), "visits")
    sent = [one.due for one in all_of(book, Task) if isinstance(one, Task) and one.what == "寄资料"]
    assert sent == [date(2023, 6, 15)]

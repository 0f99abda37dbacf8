from __future__ import annotations

from datetime import date

from crm_app.domain.events import EventKind
from crm_app.services import book as books
from crm_app.services import events, recycle_bin
from tests.projects import new_project
from tests.services.conftest import Bureau


def test_the_newest_event_stands_first_and_is_changed(bureau: Bureau) -> None:
    for name, on in (("一", date(2022, 12, 31)), ("三", date(2023, 6, 30)), ("二", date(2023, 1, 1))):
        events.add_event(bureau.book, name=name, on=on, kind=EventKind.TRAINING, sessions=1, people=40)
    listed = events.list_events(bureau.book)
    assert [one.name for one in listed] == ["三", "二", "一"]
    events.change_event(bureau.book, listed[0].id, people=60)
    assert [one.people for one in events.list_events(bureau.book)] == [60, 40, 40]


def test_a_picked_set_keeps_its_order_and_its_sum(bureau: Bureau) -> None:
    amounts = {"甲": 7_200_000_000, "乙": 2_800_000_000, "丙": None}
    made = {
        name: new_project(bureau.book, name, [bureau.battery], total_investment=amount).value
        for name, amount in amounts.items()
    }
    chosen = events.add_set(bureau.book, "百亿组合", [made["乙"], made["甲"], made["丙"]], in_bulletin=True).value
    (picked,) = events.list_sets(bureau.book)
    assert ([one.name for one in picked.projects], picked.total_yuan) == (["乙", "甲", "丙"], 10_000_000_000)
    events.change_set(bureau.book, chosen, [made["甲"]], name="一个")
    (picked,) = events.list_sets(bureau.book)
    assert (picked.set.name, [one.name for one in picked.projects]) == ("一个", ["甲"])
    events.change_set(bureau.book, chosen, [made["甲"], made["乙"]])
    recycle_bin.delete(bureau.book, "project", made["乙"])
    assert [one.name for one in events.list_sets(bureau.book)[0].projects] == ["甲"]
    books.undo(bureau.book)
    assert len(events.list_sets(bureau.book)[0].projects) == 2


def test_a_packaged_project_names_what_was_signed_of_it(bureau: Bureau) -> None:
    packaged = events.add_packaged(bureau.book, name="推介项目(示例)", cluster="先进材料", amount=300_000_000).value
    assert [signed for _offered, signed in events.list_packaged(bureau.book)] == [None]
    project = new_project(bureau.book, "甲(示例)", [bureau.battery]).value
    events.change_packaged(bureau.book, packaged, project_id=project)
    ((offered, signed),) = events.list_packaged(bureau.book)
    assert (offered.id, signed.id if signed else None) == (packaged, project)

from __future__ import annotations

import random

import pytest

from crm_app.domain.enterprises import Enterprise
from crm_app.domain.leads import Lead
from crm_app.domain.views import Filter, Op, Query, Sort
from crm_app.errors import BadInput
from crm_app.services import book as books
from crm_app.services import bulk_edit, leads, views
from crm_app.services.book import Book
from crm_app.services.leads import LogLead
from tests.services.conftest import Bureau

_QUERY = Query("enterprises", (Filter("cluster", Op.ONE_OF, ("食品",)),), Sort("name"), columns=("name", "cluster"))


def test_a_view_is_kept_by_name_replaced_removed_and_brought_back(book: Book) -> None:
    shipped = len(views.views_of(book, "enterprises"))
    views.save_view(book, " 食品 ", Query("enterprises"))
    kept = views.save_view(book, "食品", _QUERY).value
    assert views.views_of(book, "enterprises")[shipped:] == [views.View("食品", _QUERY, kept)]
    views.remove_view(book, kept)
    assert len(views.views_of(book, "enterprises")) == shipped
    books.undo(book)
    assert views.views_of(book, "enterprises")[-1].query == _QUERY
    with pytest.raises(BadInput):
        views.save_view(book, "  ", _QUERY)


def test_a_view_keeps_its_place_when_it_is_called_otherwise(book: Book) -> None:
    first, second, third = (views.save_view(book, name, _QUERY).value for name in ("甲", "乙", "丙"))

    def own() -> list[str]:
        return [one.name for one in views.views_of(book, "enterprises") if one.id is not None]

    views.rename_view(book, first, " 子 ")
    assert own() == ["子", "乙", "丙"]
    views.order_views(book, [third, first, second])
    assert own() == ["丙", "子", "乙"]
    views.save_view(book, "子", Query("enterprises"))
    assert own() == ["丙", "子", "乙"]
    books.undo(book)
    books.undo(book)
    assert own() == ["子", "乙", "丙"]
    for refused in ("乙", " "):
        with pytest.raises(BadInput):
            views.rename_view(book, first, refused)


def test_every_shipped_view_has_a_name_of_its_own(book: Book) -> None:
    for name in ("enterprises", "leads", "projects", "trips", "visits", "follow_ups", "tasks"):
        titles = [one.name for one in views.views_of(book, name)]
        assert titles
        assert len(set(titles)) == len(titles)


def test_many_are_set_in_one_step_and_come_back_by_one_undo(bureau: Bureau) -> None:
    chance = random.Random(3)
    with bureau.book.unit("fill") as unit:
        ids = unit.insert_many(
            Enterprise, [{"name": f"企业{n}", "cluster": chance.choice((None, "食品", "装备"))} for n in range(60)]
        )
        unit.commit()
    with bureau.book.read() as reader:
        before = {one: record.cluster for one, record in reader.get_many(Enterprise, ids).items()}
    seen = bulk_edit.preview(bureau.book, "enterprises", ids, "cluster", "食品")
    assert len(seen.changing) + seen.same == 60
    assert sum(count for _word, count in seen.before) == len(seen.changing)
    done = bulk_edit.apply(bureau.book, "enterprises", ids, "cluster", "食品")
    assert done.value == seen
    assert done.changes.ids("enterprise") == set(seen.changing)
    with bureau.book.read() as reader:
        assert {record.cluster for record in reader.get_many(Enterprise, ids).values()} == {"食品"}
    books.undo(bureau.book)
    with bureau.book.read() as reader:
        assert {one: record.cluster for one, record in reader.get_many(Enterprise, ids).items()} == before


def test_an_owner_is_set_and_said_by_name(bureau: Bureau) -> None:
    lead = leads.log_lead(bureau.book, LogLead("渝能电池(示例)")).value.lead_id
    seen = bulk_edit.preview(bureau.book, "leads", [lead], "owner_id", bureau.colleague)
    assert (seen.shown, seen.before) == ("曾敏", (("单晓", 1),))
    bulk_edit.apply(bureau.book, "leads", [lead], "owner_id", bureau.colleague)
    with bureau.book.read() as reader:
        assert reader.get(Lead, lead).owner_id == bureau.colleague


def test_what_is_deleted_refuses_and_the_others_are_set(bureau: Bureau) -> None:
    with bureau.book.unit("delete") as unit:
        unit.delete(Enterprise, bureau.motors)
        unit.commit()
    seen = bulk_edit.apply(bureau.book, "enterprises", [bureau.motors, bureau.battery], "staff", 9).value
    assert seen.changing == (bureau.battery,)
    assert books.undo(bureau.book).label == "撤销：批量修改 1 条记录的“员工数”，1 条未变"
    assert [one.id for one in seen.refused] == [bureau.motors]


@pytest.mark.parametrize(("field", "value"), [("name", "甲"), ("uscc", None), ("staff", -1)])
def test_what_cannot_be_set_for_many_is_told(bureau: Bureau, field: str, value: object) -> None:
    with pytest.raises(BadInput):
        bulk_edit.preview(bureau.book, "enterprises", [bureau.battery], field, value)

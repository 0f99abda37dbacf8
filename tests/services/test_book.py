from datetime import date
from pathlib import Path

import pytest

from crm_app import clock
from crm_app.domain.fields import plain
from crm_app.domain.leads import Lead
from crm_app.domain.staff import DictionaryEntry
from crm_app.errors import BadInput, NotFound, Refused
from crm_app.services import book as services
from crm_app.services import dictionaries, leads
from crm_app.services.book import Book


@pytest.fixture
def empty(tmp_path: Path):
    made = services.create_book(tmp_path / "own.crm")
    yield made
    services.close_book(made)


def test_a_book_has_the_lists_that_ship(empty: Book) -> None:
    assert dictionaries.options(empty, "park")[0] == "双福科技创新城"
    assert dictionaries.fold(empty, "park", "科学城江津片区") == "双福科技创新城"
    assert "其他" in dictionaries.options(empty, "cluster")


def test_an_older_book_takes_in_a_list_it_does_not_know(empty: Book) -> None:
    with empty.unit("as if made before the list shipped") as unit:
        for entry in unit.find(DictionaryEntry, list_name="park"):
            unit.update(DictionaryEntry, entry.id, list_name="was_park")
        unit.commit()
    services.close_book(empty)
    again = services.open_book(empty.path)
    try:
        assert dictionaries.options(again, "park")[0] == "双福科技创新城"
        assert services.check(again) == []
        with again.read() as reader:
            once = len(reader.find(DictionaryEntry))
    finally:
        services.close_book(again)
    third = services.open_book(empty.path)
    try:
        with third.read() as reader:
            assert len(reader.find(DictionaryEntry)) == once
    finally:
        services.close_book(third)


def test_changes_carry_the_name_of_whose_book_it_is(empty: Book) -> None:
    services.be(empty, "王示例")
    logged = leads.log_lead(empty, leads.LogLead("示例公司")).value
    lead = services.find_record(empty, str(logged.lead_id))
    assert [change.who for change in services.changes_of(empty, lead)] == ["王示例"]
    with pytest.raises(BadInput):
        services.be(empty, " ")


def test_a_record_is_told_plainly_and_in_words(empty: Book) -> None:
    clock.pin_today(date(2023, 7, 12))
    services.be(empty, "王示例")
    logged = leads.log_lead(empty, leads.LogLead("示例公司")).value
    lead = services.find_record(empty, str(logged.lead_id))
    assert isinstance(lead, Lead)
    assert plain(lead)["registered_on"] == "2023-07-12"
    assert plain(lead)["enterprise_id"] == str(logged.enterprise_id)
    shown = services.shown(empty, lead)
    assert shown["registered_on"] == "2023年7月12日"
    assert shown["enterprise_id"] == "企业 示例公司"
    assert shown["owner_id"].endswith("王示例")


def test_what_is_no_id_and_what_is_not_there_is_said(empty: Book) -> None:
    with pytest.raises(BadInput):
        services.find_record(empty, "甲")
    with pytest.raises(NotFound):
        services.find_record(empty, "01a20646-82df-7540-a375-8f06b766fd48")


def test_a_backup_is_whole_and_comes_back(empty: Book, tmp_path: Path) -> None:
    services.be(empty, "王示例")
    leads.log_lead(empty, leads.LogLead("备份前公司"))
    copy = services.back_up(empty, tmp_path, clock.now_ms())
    leads.log_lead(empty, leads.LogLead("备份后公司"))
    kept = services.restore(empty, copy).kept
    assert kept is not None
    assert [row.enterprise.name for row in leads.list_leads(empty)] == ["备份前公司"]
    assert services.check(empty) == []
    leads.log_lead(empty, leads.LogLead("恢复后公司"))
    other = services.open_book(kept)
    try:
        assert {row.enterprise.name for row in leads.list_leads(other)} == {"备份前公司", "备份后公司"}
    finally:
        services.close_book(other)


def test_what_is_no_book_is_not_restored(empty: Book, tmp_path: Path) -> None:
    leads.log_lead(empty, leads.LogLead("示例公司"))
    scribble = tmp_path / "scribble.crm"
    scribble.write_bytes(b"no book" * 4000)
    with pytest.raises(Refused):
        services.restore(empty, scribble)
    assert [row.enterprise.name for row in leads.list_leads(empty)] == ["示例公司"]

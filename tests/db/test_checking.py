"""Each kind of harm is found and told; each is done to the file behind the program's back."""

from __future__ import annotations

import hashlib

import pytest

from crm_app.db import attachments, checking
from crm_app.db.book import Book
from crm_app.db.engine import connect
from crm_app.domain.attachments import Attachment
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise
from crm_app.progress import unheard

DROP_TRIGGERS = "".join(
    f"DROP TRIGGER {{0}}_{which};" for which in ("before_update", "after_update", "after_deleting", "before_delete")
)


@pytest.fixture
def filled(book: Book) -> Book:
    with book.unit("Make") as unit:
        made = unit.insert(Enterprise, name="示例公司", products="电池")
        person = unit.insert(Contact, name="张总")
        unit.insert(Position, contact_id=person, enterprise_id=made, title="总经理")
        unit.commit()
    with book.unit("Change") as unit:
        unit.update(Enterprise, made, products="电机")
        unit.commit()
    return book


def told(book: Book) -> str:
    return "\n".join(book.check())


def harm(book: Book, script: str) -> None:
    connection = connect(book.path, book.key)
    connection.executescript(script)
    connection.close()


@pytest.mark.parametrize(
    ("script", "says"),
    [
        (DROP_TRIGGERS.format("contact") + "DELETE FROM contact", "不在"),
        ("DROP INDEX ix_enterprise_uscc", "ix_enterprise_uscc"),
        ("CREATE TABLE mine(x)", "mine"),
        ("DROP TRIGGER lead_after_insert", "lead_after_insert"),
        ("UPDATE unit SET n = 5 WHERE n = 2; UPDATE change SET unit = 5 WHERE unit = 2", "缺 3 个操作"),
        ("UPDATE change SET n = 9 WHERE n = 4", "缺 5 条记录"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM unit WHERE n = 1", "不属于任何操作"),
        ("DELETE FROM change WHERE unit = 2", "没有记录"),
        ("INSERT INTO unit_now VALUES (1, 1)", "没有结束"),
        ("UPDATE change SET new = '{' WHERE op = 'U'", "读不出"),
        ("UPDATE change SET op = 'U', old = '{}', new = '{}' WHERE n = 1", "来历"),
        (DROP_TRIGGERS.format("enterprise") + "UPDATE enterprise SET products = 'X'", "不一致"),
        ("UPDATE search_row SET digest = 1 WHERE n = (SELECT max(n) FROM search_row)", "搜索索引"),
        ("INSERT INTO search_row VALUES (99, zeroblob(16), 1, NULL)", "搜索索引"),
        ("DELETE FROM search_text WHERE rowid = (SELECT max(n) FROM search_row)", "搜索索引"),
    ],
)
def test_harm_is_found(filled: Book, script: str, says: str) -> None:
    assert filled.check() == []
    harm(filled, script)
    assert says in told(filled)


def test_missing_damaged_and_leftover_attachments_are_told(book: Book) -> None:
    content = "名片照片".encode() * 100
    with book.unit("Attach") as unit:
        sha256, size = attachments.store(book.path, book.key, content)
        unit.insert(Attachment, sha256=sha256, name="名片.jpg", size=size)
        unit.commit()
    assert book.check() == []
    file = attachments.folder(book.path) / sha256
    file.write_bytes(b"x" * size)
    assert "损坏" in told(book)
    file.unlink()
    assert "不见" in told(book)
    attachments.store(book.path, book.key, content)
    other = attachments.folder(book.path) / hashlib.sha256(b"left").hexdigest()
    other.write_bytes(b"left")
    (found,) = checking.check_file(book.path, book.key, unheard)
    assert found.harmless
    assert book.check() == []


def test_the_check_says_how_far_it_is(book: Book) -> None:
    steps: list[tuple[int, int, str]] = []
    checking.check_file(book.path, book.key, lambda done, total, words: steps.append((done, total, words)))
    assert [done for done, _total, _words in steps] == list(range(len(steps)))
    assert all(words for _done, _total, words in steps)

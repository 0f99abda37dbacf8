"""Pages of a real book are zeroed, scribbled over, half lost, or bits of them turn: check tells, the rest is saved."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from crm_app.db.engine import PAGE
from crm_app.errors import Refused
from crm_app.services import book as books
from crm_app.services import checkup, enterprises
from tests.faults import damage
from tests.faults.begun import PASSPHRASE, log
from tests.faults.damage import Healthy

SEEDS = range(6)
AMOUNTS = [("plain", 1), ("plain", 40), ("protected", 5)]
"""How many pages are damaged at once: one, some, a good part of the book. ``make soak ARGS=damage`` does hundreds."""


@pytest.fixture(params=["plain", "protected"])
def healthy(request: pytest.FixtureRequest) -> Healthy:
    found: Healthy = request.getfixturevalue(request.param)
    return found


def test_page_by_page_is_read_what_the_book_holds(healthy: Healthy) -> None:
    found = damage.gleaned(healthy)
    assert not found.unreadable
    assert not found.torn
    for table, rows in healthy.rows.items():
        assert {row["id"]: row for row in found.rows[table]} == rows, table


@pytest.mark.parametrize(("healthy", "amount"), AMOUNTS, indirect=["healthy"])
def test_whatever_is_damaged_the_rest_is_saved(healthy: Healthy, tmp_path: Path, amount: int) -> None:
    damage.hold(healthy, tmp_path, amount, random.Random(amount))


def test_no_single_page_holds_all_the_rest(healthy: Healthy, tmp_path: Path) -> None:
    first, *roots = damage.interesting_pages(healthy)
    for n in (first, random.Random(1).choice(roots)):
        folder = tmp_path / str(n)
        folder.mkdir()
        damage.salvaged(healthy, damage.harm(healthy, folder, {n: "zero"}, random.Random(n)), {n: "zero"})


@pytest.mark.parametrize("seed", SEEDS)
def test_every_damage_under_a_seal_is_found(protected: Healthy, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    n = chance.randrange(1, protected.path.stat().st_size // protected.page + 1)
    damaged = damage.harm(protected, tmp_path, {n: chance.choice(list(damage.HARMS))}, chance)
    found = checkup.check(damaged, PASSPHRASE)
    assert found
    assert not any(one.harmless for one in found)


def test_a_lost_page_of_a_plain_book_is_found(plain: Healthy, tmp_path: Path) -> None:
    for n in random.Random(7).sample(sorted(plain.on_page), 5):
        folder = tmp_path / str(n)
        folder.mkdir()
        damaged = damage.harm(plain, folder, {n: "zero"}, random.Random(n))
        before = damaged.read_bytes()
        assert "损坏" in checkup.check(damaged)[0].sentence
        assert damaged.read_bytes() == before


def test_of_a_book_that_was_cut_off_what_is_gone_is_told(healthy: Healthy, tmp_path: Path) -> None:
    damaged = damage.harm(healthy, tmp_path, {}, random.Random(0))
    content = damaged.read_bytes()
    total = len(content) // healthy.page
    damaged.write_bytes(content[: healthy.page * (total - 12)])
    told = checkup.salvage(damaged, None if healthy.key is None else PASSPHRASE, tmp_path / "new.crm")
    assert (told.pages, told.unreadable) == (total, 12)


def test_what_stood_in_the_log_of_a_killed_program_is_saved(tmp_path: Path) -> None:
    book = books.create_book(tmp_path / "book.crm")
    enterprises.create_enterprise(book, name="早先示例公司")
    log(book, "最后示例公司")
    folder = tmp_path / "killed"
    folder.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(tmp_path / f"book.crm{suffix}", folder / f"book.crm{suffix}")
    books.close_book(book)
    content = bytearray((folder / "book.crm").read_bytes())
    content[:PAGE] = bytes(PAGE)
    (folder / "book.crm").write_bytes(content)
    told = checkup.salvage(folder / "book.crm", target=folder / "new.crm")
    assert (told.kept["enterprise"], told.kept["lead"], told.lost) == (2, 1, {})


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE enterprise AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
        "ATTACH '{folder}/elsewhere' AS elsewhere",
    ],
)
def test_what_stands_for_the_declaration_of_a_table_is_not_obeyed(plain: Healthy, tmp_path: Path, sql: str) -> None:
    hostile = tmp_path / "hostile.crm"
    shutil.copy(plain.path, hostile)
    raw = dbapi2.connect(hostile)
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'enterprise'", [sql.format(folder=tmp_path)])
    raw.commit()
    raw.close()
    told = checkup.salvage(hostile, None, tmp_path / "saved.crm")
    assert told.kept["enterprise"] == len(plain.rows["enterprise"])
    assert not (tmp_path / "elsewhere").exists()


def test_nothing_readable_is_said_and_leaves_nothing(plain: Healthy, tmp_path: Path) -> None:
    damaged = tmp_path / "book.crm"
    damaged.write_bytes(random.Random(3).randbytes(PAGE * 50))
    with pytest.raises(Refused):
        checkup.salvage(damaged, target=tmp_path / "new.crm")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["book.crm", "book.crm-lock"]

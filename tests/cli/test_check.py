"""A damaged book at the command line: told in sentences, salvaged beside it, itself left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_app.app import main
from crm_app.db.engine import PAGE
from crm_app.services import book as books
from crm_app.services import enterprises, search
from tests.harm import lose_search_entries
from tests.templates import new_book

REFUSED = 3


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A book of which the first page is lost."""
    path = tmp_path / "book.crm"
    book = new_book(path)
    for n in range(3):
        enterprises.create_enterprise(book, name=f"示例{n}号公司")
    books.close_book(book)
    content = path.read_bytes()
    path.write_bytes(bytes(PAGE) + content[PAGE:])
    return path


def test_damage_is_told_with_what_to_do(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--book", str(damaged), "check"]) == REFUSED
    assert "--repair" in capsys.readouterr().out
    assert main(["--book", str(damaged), "undo"]) == REFUSED
    assert "恢复备份" in capsys.readouterr().err


def test_what_is_left_is_salvaged_beside_it(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = damaged.read_bytes()
    for name in ("book.salvaged.crm", "book.salvaged-2.crm"):
        assert main(["--book", str(damaged), "check", "--repair"]) == 0
        out = capsys.readouterr().out
        assert str(damaged.with_name(name)) in out
        assert "企业：保住 3 条，丢失 0 条" in out
    assert damaged.read_bytes() == before
    assert main(["--book", str(damaged.with_name("book.salvaged.crm")), "check"]) == 0
    assert "台账库完好。" in capsys.readouterr().out


def test_nothing_is_written_over(damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "taken.crm"
    taken.write_text("mine")
    assert main(["--book", str(damaged), "check", "--repair", str(taken)]) == REFUSED
    assert taken.read_text() == "mine"
    assert str(taken) in capsys.readouterr().err


def test_a_sound_book_needs_no_repair(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books.close_book(new_book(tmp_path / "book.crm"))
    assert main(["--book", str(tmp_path / "book.crm"), "check", "--repair"]) == 0
    assert capsys.readouterr().out.strip() == "台账库完好。"
    assert not list(tmp_path.glob("*salvaged*"))


def test_a_search_index_out_of_step_is_rebuilt_and_then_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "book.crm"
    book = new_book(path)
    enterprises.create_enterprise(book, name="示例一号公司")
    books.close_book(book)
    lose_search_entries(path)
    assert main(["--book", str(path), "check"]) == REFUSED
    assert "check --rebuild-index" in capsys.readouterr().out
    assert main(["--book", str(path), "check", "--rebuild-index"]) == 0
    assert capsys.readouterr().out.splitlines() == ["搜索索引已重建，共收录 1 条记录。", "台账库完好。"]
    book = books.open_book(path)
    assert [hit.title for hit in search.search(book, "一号")] == ["示例一号公司"]
    books.close_book(book)

"""The user's settings survive crashes, other versions and nonsense."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from crm_app.settings import MOST_RECENT, Settings


def test_what_was_set_is_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    settings = Settings(file)
    settings.language, settings.look = "en", "dark"
    settings.set_last("project_view", "board")
    settings.set_geometry("main", "AAAA")
    settings.end()
    again = Settings(file)
    assert (again.language, again.look) == ("en", "dark")
    assert again.last("project_view") == "board"
    assert again.geometry("main") == "AAAA"
    assert again.last("owner") == again.geometry("list-x") == ""


@pytest.mark.parametrize(("system", "language"), [("zh_CN.UTF-8", "zh_CN"), ("en_GB.UTF-8", "en"), ("zh_TW", "zh_CN")])
def test_chinese_is_the_default_where_the_system_is_chinese(
    system: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", system)
    assert Settings(tmp_path / "settings.json").language == language


def test_keys_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"density": "compact", "look": "sepia", "recent_books": 3}), encoding="utf-8")
    settings = Settings(file)
    assert settings.look == "auto"
    assert settings.recent_books == ()
    settings.look = "light"
    assert json.loads(file.read_text(encoding="utf-8"))["density"] == "compact"


@pytest.mark.parametrize("content", ["{", "[]", "", "\x00"])
def test_an_unreadable_file_is_put_aside(content: str, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(content, encoding="utf-8")
    assert Settings(file).look == "auto"
    assert (tmp_path / "settings.json.bad").read_text(encoding="utf-8") == content


def test_recent_books_have_the_latest_first_and_no_book_twice(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    books = [tmp_path / f"{number}.crm" for number in range(MOST_RECENT + 2)]
    for book in [*books, books[5]]:
        settings.add_recent_book(book)
    assert settings.recent_books[:2] == (books[5], books[-1])
    assert len(settings.recent_books) == MOST_RECENT


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the rights of the user's folder")
def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.json"
    Settings(file).look = "dark"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["settings.json"]

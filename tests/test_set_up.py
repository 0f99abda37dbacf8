"""The ground under the tests and the program: screen, folders, words, locks, set-up."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication

from crm_app import i18n, paths
from crm_app.files.readers import READERS, reader_of
from tools import catalogue, setup

ROOT = Path(__file__).resolve().parent.parent


def part(root: Path, name: str, *pairs: tuple[str, str]) -> None:
    folder = catalogue.words_folder(root) / "parts"
    folder.mkdir(parents=True, exist_ok=True)
    words = "\n".join(f'msgid "{source}"\nmsgstr "{text}"\n' for source, text in pairs)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (folder / f"{name}.po").write_text(header + words, encoding="utf-8")


def source(root: Path, text: str) -> None:
    (root / "crm_app").mkdir(exist_ok=True)
    (root / "crm_app" / "words.py").write_text(text, encoding="utf-8")


def test_screen_is_a_laptops(qapp: QGuiApplication) -> None:
    size = qapp.primaryScreen().size()
    assert (size.width(), size.height()) == (1366, 768)


def test_users_folders_are_those_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> None:
    ours = tmp_path_factory.getbasetemp()
    assert ours in paths.data_folder().parents
    assert ours in paths.log_folder().parents


def test_words_are_chinese_unless_a_test_says_otherwise() -> None:
    assert i18n.language() == "zh_CN"


def test_parts_are_merged(tmp_path: Path) -> None:
    part(tmp_path, "one", ("Trip", "外出"), ("Save", "保存"))
    part(tmp_path, "two", ("Visit", "拜访"), ("Save", "保存"))
    merged = catalogue.translations(tmp_path)
    assert {message.id: message.string for message in merged if message.id} == {
        "Trip": "外出",
        "Save": "保存",
        "Visit": "拜访",
    }
    assert catalogue.build(tmp_path).stat().st_size > 0


def test_two_translations_of_one_string_are_found(tmp_path: Path) -> None:
    source(tmp_path, '_("Save")\n')
    part(tmp_path, "one", ("Save", "保存"))
    part(tmp_path, "two", ("Save", "存储"))
    assert list(catalogue.complaints(tmp_path)) == ["two.po says '存储' for 'Save', and one.po says '保存'"]


def test_a_string_without_translation_is_found(tmp_path: Path) -> None:
    source(tmp_path, '_("Trip")\nN_("Visit")\nngettext("{n} visit", "{n} visits", 2)\n')
    part(tmp_path, "one", ("Trip", "外出"), ("Visit", ""))
    assert list(catalogue.complaints(tmp_path)) == [
        "crm_app/words.py:2: no translation: 'Visit' (it belongs to one.po)",
        "crm_app/words.py:3: no translation: '{n} visit' (it belongs to one.po)",
    ]


def test_the_words_of_a_new_file_belong_where_those_of_its_folder_are(tmp_path: Path) -> None:
    source(tmp_path, '_("Trip")\n_("Visit")\n')
    (tmp_path / "crm_app" / "new.py").write_text('_("Trip")\n_("Lead")\n', encoding="utf-8")
    (tmp_path / "crm_app" / "other").mkdir()
    (tmp_path / "crm_app" / "other" / "far.py").write_text('_("Trip")\n', encoding="utf-8")
    part(tmp_path, "shared", ("Trip", "外出"))
    part(tmp_path, "words", ("Visit", "拜访"))
    assert list(catalogue.complaints(tmp_path)) == ["crm_app/new.py:2: no translation: 'Lead' (it belongs to words.po)"]


def test_a_plural_needs_a_plural_translation(tmp_path: Path) -> None:
    source(tmp_path, 'ngettext("{n} visit", "{n} visits", 2)\n')
    part(tmp_path, "one", ("{n} visit", "{n}次拜访"))
    assert len(list(catalogue.complaints(tmp_path))) == 1
    plural = 'msgid "{n} visit"\nmsgid_plural "{n} visits"\nmsgstr[0] "{n}次拜访"\n'
    (catalogue.words_folder(tmp_path) / "parts" / "one.po").write_text(plural, encoding="utf-8")
    assert list(catalogue.complaints(tmp_path)) == []


def test_a_placeholder_that_got_lost_is_found(tmp_path: Path) -> None:
    source(tmp_path, '_("{name} is open")\n')
    part(tmp_path, "one", ("{name} is open", "{nmae}已打开"))
    assert list(catalogue.complaints(tmp_path)) == ["other placeholders: '{name} is open' → '{nmae}已打开'"]


def test_what_is_filled_in_goes_to_the_part_of_its_file(tmp_path: Path) -> None:
    source(tmp_path, '_("Trip")\n_("Visit")\nngettext("{n} visit", "{n} visits", 2)\n')
    part(tmp_path, "one", ("Trip", "外出"))
    catalogue.update(tmp_path)
    waiting = catalogue.words_folder(tmp_path) / "parts" / catalogue.UNTRANSLATED
    filled = waiting.read_text(encoding="utf-8").replace('msgid "Visit"\nmsgstr ""', 'msgid "Visit"\nmsgstr "拜访"')
    waiting.write_text(filled, encoding="utf-8")
    catalogue.update(tmp_path)
    assert waiting.with_name("one.po").read_text(encoding="utf-8").endswith('\n\nmsgid "Visit"\nmsgstr "拜访"\n')
    assert "Visit" not in waiting.read_text(encoding="utf-8")
    filled = waiting.read_text(encoding="utf-8").replace('msgstr[0] ""', 'msgstr[0] "{n}次拜访"')
    waiting.write_text(filled, encoding="utf-8")
    catalogue.update(tmp_path)
    assert not waiting.exists()
    assert list(catalogue.complaints(tmp_path)) == []


def test_what_is_filled_in_and_belongs_to_no_part_yet_waits(tmp_path: Path) -> None:
    source(tmp_path, '_("Trip")\n_("Visit")\n')
    catalogue.update(tmp_path)
    waiting = catalogue.words_folder(tmp_path) / "parts" / catalogue.UNTRANSLATED
    filled = waiting.read_text(encoding="utf-8").replace('msgid "Trip"\nmsgstr ""', 'msgid "Trip"\nmsgstr "外出"')
    waiting.write_text(filled, encoding="utf-8")
    catalogue.update(tmp_path)
    assert list(catalogue.complaints(tmp_path)) == ["crm_app/words.py:2: no translation: 'Visit'"]
    assert "外出" in waiting.read_text(encoding="utf-8")
    waiting.unlink()
    part(tmp_path, "one", ("Trip", "外出"))
    catalogue.update(tmp_path)
    part(tmp_path, "one", ("Trip", "外出"), ("Visit", "拜访"))
    catalogue.update(tmp_path)
    assert not waiting.exists()


@given(st.lists(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), unique=True), st.text(alphabet="招商 {{}}·"))
def test_placeholders_are_those_that_format_fills(names: list[str], around: str) -> None:
    literal = around.replace("{", "{{").replace("}", "}}")
    text = literal.join(["", *(f"{{{name}}}" for name in names), ""])
    assert catalogue.placeholders(text) == set(names)
    text.format(**dict.fromkeys(names, ""))


def test_locks_name_no_registry_and_pin_every_file_by_its_hash() -> None:
    for lock in ("requirements.lock", "requirements-floor.lock", "tools/uv-requirements.lock"):
        lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
        pins = [number for number, line in enumerate(lines) if "==" in line]
        assert pins
        assert all("--hash=sha256:" in lines[number + 1] for number in pins)
        assert not [line for line in lines if "://" in line or line.startswith("-")]


def test_a_second_set_up_has_nothing_to_do(tmp_path: Path) -> None:
    lock = ROOT / "requirements.lock"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    (tmp_path / setup.STAMP).write_text(setup.digest(lock), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "setup.py", tmp_path, lock],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_libraries_that_are_there_are_not_asked_for() -> None:
    assert setup.missing_libraries() == []


LATE = {
    "": (),
    "briefs": ("briefs",),
    "files": ("crashes", "files"),
    "cli": ("services",),
    "ui": ("domain", "services", "ui"),
}
"""Of each list of late imports the layers of the program it may name: its own and those it may ask."""


@pytest.mark.parametrize("layer", LATE)
def test_a_late_import_names_a_module_that_is_there_and_not_above(layer: str) -> None:
    text = (ROOT / "crm_app" / layer / "late.py").read_text(encoding="utf-8")
    names = [line.split('"')[1] for line in text.splitlines() if 'import_module("' in line]
    assert names
    of_an_extra = {"rapidocr", "numpy"}
    assert [name for name in names if importlib.util.find_spec(name) is None and name not in of_an_extra] == []
    own = [name.split(".")[1] for name in text.split('"') if name.startswith("crm_app.")]
    assert set(own) <= set(LATE[layer])
    assert len(LATE) == 1 + len(list((ROOT / "crm_app").glob("*/late.py")))


def test_every_reader_of_the_child_answers() -> None:
    assert [asked for asked in READERS if not callable(reader_of(asked).answer)] == []


def test_the_program_starts_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", "--help"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert "figures" in done.stdout
    assert os.listdir(tmp_path) == []

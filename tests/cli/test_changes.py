"""Undo, redo and the list of steps at the command line."""

from __future__ import annotations

import pytest

from tests.cli.shell import REFUSED, Shell


@pytest.fixture
def logged(shell: Shell) -> Shell:
    for name in ("渝能电池(示例)", "江驰电机(示例)"):
        shell("log", name)
    return shell


def test_an_earlier_step_is_undone_and_redone_by_its_number(logged: Shell) -> None:
    second, first = logged.json("changes", "--limit", "2")
    assert (second["standing"], first["standing"], first["undoes"]) == ("stands", "stands", None)
    assert first["rows"] == {"enterprise": 1, "lead": 1}
    assert first["label"] in logged("undo", "--unit", str(first["n"]))
    undo, _second, undone = logged.json("changes", "--limit", "3")
    assert (undo["undoes"], undone["standing"]) == (first["n"], "undone")
    assert first["label"] in logged("redo", "--unit", str(first["n"]))
    assert [one["standing"] for one in logged.json("changes") if one["n"] == first["n"]] == ["stands"]


def test_undo_and_redo_without_a_number_take_the_last(logged: Shell) -> None:
    (last,) = logged.json("changes", "--limit", "1")
    assert last["label"] in logged("undo")
    assert last["label"] in logged("redo")
    logged.refused(REFUSED, "redo")


def test_what_never_goes_back_is_refused_in_one_line(logged: Shell) -> None:
    made = logged.json("changes")[-1]
    assert made["standing"] == "final"
    for number in (made["n"], 9999):
        logged.refused(REFUSED, "undo", "--unit", str(number))


def test_the_list_is_read_by_a_person_too(logged: Shell) -> None:
    (newest,) = logged.json("changes", "--limit", "1")
    line = logged("changes", "--limit", "1")
    assert line.startswith(str(newest["n"]))
    assert "企业 1" in line

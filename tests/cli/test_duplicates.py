"""Duplicates and merging at the command line."""

from __future__ import annotations

import pytest

from crm_app.app import main
from tests.cli.shell import BAD_INPUT, Shell

LONG, SHORT = "宁德时代新能源科技股份有限公司", "宁德时代新能源"


@pytest.fixture
def alike(shell: Shell) -> Shell:
    for name in (LONG, SHORT, "上海新能源科技有限公司"):
        shell("log", name)
    return shell


def test_what_is_found_is_merged_and_taken_back(alike: Shell) -> None:
    found = alike.json("duplicates")
    (group,) = found["groups"]
    assert (found["compared"], group["verdict"]) == (3, "likely")
    assert [one["name"] for one in group["members"]] == [LONG, SHORT]
    assert group["pairs"][0]["evidence"][0]["sign"] == "words"
    winner, loser = (one["id"] for one in group["members"])
    dry = alike.json("merge", winner, loser, "--dry-run")
    assert (dry["unit"], dry["moved"]) == (None, {"lead": 1})
    done = alike.json("merge", winner, loser)
    assert done["names"] == [{"name": SHORT, "kind": "alias"}]
    assert alike.json("show", loser)["id"] == winner
    assert alike.json("duplicates")["groups"] == []
    alike("undo", "--unit", str(done["unit"]))
    assert alike.json("show", loser)["id"] == loser


def test_a_person_reads_it_too(alike: Shell) -> None:
    winner, loser = (one["id"] for one in alike.json("duplicates")["groups"][0]["members"])
    assert "名称相近" in alike("duplicates")
    assert "线索 1" in alike("merge", winner, loser)


def test_one_cannot_go_into_itself_or_into_a_lead(alike: Shell) -> None:
    winner = alike.json("duplicates")["groups"][0]["members"][0]["id"]
    alike.refused(BAD_INPUT, "merge", winner, winner)
    (lead,) = (hit["id"] for hit in alike.json("search", LONG, "--kind", "lead")[:1])
    alike.refused(BAD_INPUT, "merge", winner, lead)


def test_a_new_enterprise_that_may_be_known_is_told_beside_its_id(
    alike: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    lead = alike("log", "宁德时代新能源有限公司").strip()
    assert alike.json("show", lead)["kind"] == "lead", "stdout is the id alone"
    main(["--book", str(alike.book), "log", "宁德时代新能源集团有限公司"])
    told = capsys.readouterr().err
    assert f"“{SHORT}”" in told
    assert "merge " in told
    main(["--book", str(alike.book), "log", "宁德时代新能源集团有限公司"])
    main(["--book", str(alike.book), "log", "上海新能源装备有限公司"])
    assert capsys.readouterr().err == "", "what is known is not new, and common words tell nothing"

"""A paper is looked through at the command line, by the schema, and nothing is written."""

from __future__ import annotations

from tests.cli.shell import BAD_INPUT, Shell

HALF = ("--from", "2023-01-01", "--to", "2023-06-30")


def test_a_bulletin_is_reconciled(sample: Shell) -> None:
    told = sample.json("reconcile", "bulletin", *HALF)
    assert (told["kind"], told["paper"], told["ready"]) == ("bulletin", None, False)
    states = {(point["kind"], point["state"]) for point in told["points"]}
    assert {("gap", "to_look_at"), ("total", "right"), ("twice", "right")} <= states
    lines = sample("reconcile", "bulletin", *HALF).splitlines()
    assert any(line.startswith("合计与分项 · 相符 · ") for line in lines)
    sample.refused(BAD_INPUT, "reconcile", "bulletin")

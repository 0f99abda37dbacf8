"""Whatever is typed, read or handed over: a value, or an error the program expects; ``make soak`` tries far more."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz import files
from tests.fuzz.found import FOUND
from tests.fuzz.run import once
from tests.fuzz.targets import TARGETS, Target


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_only_expected_errors_come_out(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    for value in FOUND.get(target.name, ()):
        once(target, value)

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(target.given)
    def tried(value: object) -> None:
        once(target, value)

    tried()
    capsys.readouterr()


def test_what_was_found_belongs_to_a_target() -> None:
    assert set(FOUND) <= {target.name for target in TARGETS}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(files.damaged())
def test_a_damaged_ledger_is_rows_or_a_sentence(file: tuple[str, bytes]) -> None:
    files.read(*file)

"""Hidden widgets that are dressed later: nothing of the look they were made in is left, on them or where they stood."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel

from crm_app.ui import theme

_MANY = 60


def label(role: str) -> QLabel:
    made = QLabel("2023-07-12")
    made.setProperty("role", role)
    made.ensurePolished()
    return made


def worn(one: QLabel) -> tuple[str, int, bool]:
    """Return the colour, size and weight a label is painted in."""
    return one.palette().color(QPalette.ColorRole.WindowText).name(), one.font().pixelSize(), one.font().bold()


@pytest.fixture
def dark_later(app: QApplication) -> Iterator[list[QLabel]]:
    """Labels in red, made in the light look, dressed in the dark one after the change passed over them."""
    made = [label("alarm") for _number in range(_MANY)]
    theme.put_off(made)
    theme.set_look("dark")
    theme.dress(made)
    yield made
    theme.set_look("light")


def test_what_is_dressed_later_looks_as_if_it_were_made_now(dark_later: list[QLabel]) -> None:
    assert {worn(one) for one in dark_later} == {worn(label("alarm"))}


def test_what_stands_where_something_stood_takes_over_nothing(dark_later: list[QLabel]) -> None:
    while dark_later:
        # The memory of one is given to the next of its size: some of the new ones stand where an old one stood.
        shiboken6.delete(dark_later.pop())
    assert {worn(one) for one in [label("heading") for _number in range(_MANY)]} == {worn(label("heading"))}


@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize("role", ["heading", "muted", ""])
def test_another_role_before_it_is_dressed_leaves_nothing_of_the_first(
    app: QApplication, role: str, early: bool
) -> None:
    changed = label("alarm")
    theme.put_off([changed])
    theme.set_look("dark")
    changed.setProperty("role", role)
    if early:
        changed.style().polish(changed)
    theme.dress([changed])
    try:
        assert worn(changed) == worn(label(role))
    finally:
        theme.set_look("light")

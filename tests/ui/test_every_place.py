"""Every place and every dialog: heard by a screen reader, walked by Tab, no key in doubt, no word cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_app import ui
from crm_app.db.book import Book
from crm_app.ui.main_window import main_window
from crm_app.ui.places import Places
from crm_app.ui.session import Session
from tests.ui import looking
from tests.ui.every_form import add_a_need
from tests.ui.rounds import LEFT, Round
from tests.ui.sampled import sample, sample_file  # noqa: F401 -- fixtures

CHECKS = (
    looking.unheard,
    looking.out_of_order,
    looking.out_of_reach,
    looking.ambiguous,
    looking.undeclared,
    looking.cut_off,
)


@pytest.fixture
def walk(session: Session, sample: Book, qtbot: QtBot) -> Iterator[Round]:  # noqa: F811
    window = main_window(session, Places())
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    add_a_need(sample)
    session.attach(sample)
    walk = Round(session, window, sample)
    walk.rest()
    yield walk
    window.close()


def test_every_place_and_dialog_is_for_ears_hands_and_eyes(walk: Round) -> None:
    wrong: list[str] = []
    met: set[str] = set()
    for name, top in walk.stops(once=True):
        met.add(type(top).__name__)
        wrong += [f"{name}: {sentence}" for check in CHECKS for sentence in check(top)]
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert _dialogs() - met - set(LEFT) == set(), "new dialogs: open them in rounds.py, or say why not"
    assert set(LEFT) <= _dialogs(), "these are gone"


def _dialogs() -> set[str]:
    """Return the names of every class that is a dialog, as they stand in the source."""
    bases = {
        name: {one.strip() for one in above.split(",")}
        for file in Path(ui.__path__[0]).rglob("*.py")
        for name, above in re.findall(r"^class (\w+)\(([^)]*)\)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    found: set[str] = set()
    while more := {name for name, above in bases.items() if above & (found | {"QDialog"})} - found:
        found |= more
    return found

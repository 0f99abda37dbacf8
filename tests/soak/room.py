"""Whether words have room: in every variant of the look, and in the language nobody speaks. Run by ``make soak``."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui import looking, pseudo
from tests.ui.pictures import VARIANTS, Variant, studio
from tests.ui.test_every_place import tops


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    return qapp


@pytest.mark.parametrize("variant", VARIANTS, ids=[one.name for one in VARIANTS])
def test_nothing_is_cut_off(variant: Variant, app: QApplication, tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.dress(variant)
        wrong = [f"{name}: {one}" for name, top in tops(made, once=False) for one in looking.cut_off(top)]
    assert not wrong, "\n".join(wrong)


def test_every_word_is_of_the_catalogue_and_a_longer_one_has_room(app: QApplication, tmp_path: Path) -> None:
    wrong: list[str] = []
    with studio(tmp_path) as made, pseudo.speaking():
        made.dress(Variant("pseudo", language="en"))
        for name, top in tops(made, once=False):
            wrong += [f"{name}: {one}" for one in [*looking.cut_off(top), *pseudo.untranslated(top)]]
    assert not wrong, "\n".join(wrong)

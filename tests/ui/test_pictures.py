"""The window looks as it was found good, and has room for words that are longer than ours."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.ui import golden, looking, pseudo
from tests.ui.pictures import SCENES, VARIANTS, Variant, studio

SAMPLED = ("today", "enterprises", "enterprise", "projects-leads", "papers", "figures", "settings-general")


def test_the_window_looks_as_it_was_found_good_and_has_room_for_longer_words(app: QApplication, tmp_path: Path) -> None:
    dressed = {one.name: one for one in VARIANTS}
    off: list[str] = []
    with studio(tmp_path) as made:
        for variant, scene in golden.CORE:
            picture = golden.taken(made, dressed[variant], scene)
            good = QImage(str(golden.path_of(variant, scene)))
            share = golden.difference(good, picture)
            if share > golden.SHARE:
                seen = tmp_path / f"{variant}-{scene}.png"
                golden.beside(good, picture, seen)
                off.append(f"{variant} {scene}: {share:.1%} differs; golden, new and difference are in {seen}")
        with pseudo.speaking():
            made.dress(Variant("pseudo", language="en"))
            for scene in SAMPLED:
                SCENES[scene](made)
                made.rest()
                wrong = [*looking.cut_off(made.page), *pseudo.untranslated(made.page)]
                off += [f"longer words, {scene}: {sentence}" for sentence in wrong]
    assert not off, "\n".join([*off, "What is as it shall be is kept by python -m tests.ui.golden."])

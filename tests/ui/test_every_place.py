"""Every place and every dialog: heard by a screen reader, walked by Tab, no key in doubt, no word cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from crm_app import ui
from crm_app.ui import actions
from crm_app.ui.places import KNOWN
from tests.ui import looking
from tests.ui.dialogs import DIALOGS, LEFT, away, shown_dialogs
from tests.ui.pictures import SCENES, Place, Studio, studio

ELSEWHERE = {"back_to_chart"}
"""Actions of what the walk does not open: the rows behind a chart."""

CHECKS = (
    looking.unheard,
    looking.out_of_order,
    looking.out_of_reach,
    looking.ambiguous,
    looking.undeclared,
    looking.cut_off,
)


def tops(studio: Studio, *, once: bool) -> Iterator[tuple[str, QWidget]]:
    """Go to each place and open each dialog; ``once``: of the dialogs of one class the first alone."""
    for name, lead in SCENES.items():
        if not name.startswith("dialog-"):
            lead(studio)
            # What came is laid out with the next turn of the loop.
            studio.rest()
            yield name, studio.program.window.page or studio.program.window
    studio.open(studio.sample)
    studio.go("today")
    yield "window", studio.program.window
    met: set[str] = set()
    session, window = studio.program.session, studio.program.window
    for name, show in DIALOGS.items():
        if once and name.rpartition("-")[2] in met:
            continue
        try:
            show(session, window)
        except StopIteration:  # the book has no such record
            continue
        studio.until(shown_dialogs)
        studio.rest()
        (dialog,) = shown_dialogs()
        met.add(type(dialog).__name__)
        yield name, dialog
        away(dialog)


def test_every_place_and_dialog_is_for_ears_hands_and_eyes(app: QApplication, tmp_path: Path) -> None:
    wrong: list[str] = []
    met: set[str] = set()
    heard: set[str] = set()
    with studio(tmp_path) as made:
        for name, top in tops(made, once=True):
            met.add(type(top).__name__)
            wrong += [f"{name}: {sentence}" for check in CHECKS for sentence in check(top)]
            wrong += [f"{name}: {sentence}" for sentence in looking.deaf(top, heard)]
    assert not wrong, "\n".join(sorted(set(wrong)))
    sheet = {spec.id for spec in actions.SPECS if spec.where is not actions.Where.WINDOW and spec.keys}
    assert not (missed := (sheet - heard) ^ ELSEWHERE), (
        f"in the sheet of shortcuts and heard nowhere, or known so: {missed}"
    )
    assert _dialogs() - met - set(LEFT) == set(), "new dialogs: open them in dialogs.py, or say why not"
    assert set(LEFT) <= _dialogs(), "these are gone"


def test_the_walk_goes_to_every_place_and_wherever_a_command_leads() -> None:
    walked = {(one.place, one.view) for one in SCENES.values() if isinstance(one, Place) and not one.empty}
    assert set(KNOWN) - {place for place, _view in walked} == set(), "new places: lead to them in SCENES of pictures.py"
    led = {spec.leads for spec in actions.SPECS if spec.leads and spec.leads[1]}
    assert led - walked == set(), "new views: lead to them in SCENES of pictures.py"


def _dialogs() -> set[str]:
    """Return the names of every class that is a dialog, as they stand in the source."""
    bases = {
        name: {one.strip().partition("[")[0] for one in above.split(",")}
        for file in Path(ui.__path__[0]).rglob("*.py")
        for name, above in re.findall(r"^class (\w+)\(([^)]*)\)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    found: set[str] = set()
    while more := {name for name, above in bases.items() if above & (found | {"QDialog"})} - found:
        found |= more
    return found

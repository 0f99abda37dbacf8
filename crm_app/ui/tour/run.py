"""Sets the tour up: a screen of a small laptop, a sample book of its own, nobody's settings."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from crm_app import clock, i18n, platform
from crm_app.i18n import _
from crm_app.settings import Settings
from crm_app.ui.start import Program
from crm_app.ui.tour.steps import STEPS
from crm_app.ui.tour.walk import Walk

SIZE = (1366, 768)


def run(out: Path) -> int:
    """Walk the tour, leaving numbered pictures and PDFs in ``out``; return 0, or 1 where a step did not come off."""
    out.mkdir(parents=True, exist_ok=True)
    spoken = i18n.language()
    qInstallMessageHandler(_pass_on)
    with tempfile.TemporaryDirectory(prefix="outreach-tour-") as folder:
        _choose_screen(Path(folder))
        app = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(app, QApplication)
        settings = Settings(Path(folder) / "settings.json")
        settings.language, settings.look = "zh_CN", "light"
        program = Program(app, settings)
        walk = Walk(program, out, Path(folder))
        done = _walk(walk)
        program.window.close()
        walk.rest()
        program.end()
        clock.pin_today(None)
    i18n.set_language(spoken)
    qInstallMessageHandler(None)
    print(_("In {folder}: pictures {n}, PDFs {m}").format(n=walk.pictures, m=walk.papers, folder=out.resolve()))
    return 0 if done else 1


def _pass_on(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """Pass Qt's words on, but for the one that painting in memory says at each dialog."""
    if "propagateSizeHints" not in words:
        print(words, file=sys.stderr)


def _walk(walk: Walk) -> bool:
    for step in STEPS:
        print(f"  {step.__name__}", flush=True)
        step(walk)
        if walk.trouble:
            print(_("The step did not come off: {reason}").format(reason=walk.trouble[0]), file=sys.stderr)
            return False
    return True


def _choose_screen(folder: Path) -> None:
    """Where there is no display, paint on a screen in memory of the size a small laptop has."""
    if platform.has_display() or QApplication.instance() is not None:
        return
    screen = {"name": "tour", "x": 0, "y": 0, "width": SIZE[0], "height": SIZE[1], "dpr": 1}
    file = folder / "screen.json"
    # Qt's own platform plug-in reads it; without it the screen is 800 × 800.
    file.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96}]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"

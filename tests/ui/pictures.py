"""Pictures of every place and dialog, in every variant of the look, the same each time.

``python -m tests.ui.pictures OUT [--variants NAME …] [--scenes PATTERN …]`` draws ``OUT/<variant>/<scene>.png``.
A test takes a :class:`Studio`, dresses it in a variant, and asks :func:`draw` for the picture of a scene.

The day is that of the sample book, the font the bundled one; nothing blinks, and the mouse is nowhere.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QCursor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from crm_app import clock
from crm_app.domain.views import Query
from crm_app.i18n import N_, _
from crm_app.services import book as books
from crm_app.services import lists, projects, trips, visits
from crm_app.services.book import Book
from crm_app.settings import Settings
from crm_app.ui import theme
from crm_app.ui.settings.page import PARTS
from crm_app.ui.shell.first_start import FirstStart
from crm_app.ui.shell.protect_card import ProtectCard
from crm_app.ui.shell.unlock_card import UnlockCard
from crm_app.ui.start import Program
from crm_app.ui.tour.walk import Walk
from crm_app.ui.trips.trip_view import EVENING, TABS
from crm_app.ui.widgets.pdf_paper import PdfPaper
from tests import templates
from tests.ui.dialogs import DIALOGS, Open, away, shown_dialogs
from tests.ui.every_form import add_a_need, keep_a_paper
from tests.ui.kit import MemoryDrafts
from tests.ui.sampled import PUBLISHED

_VEIL = 0.35
_SCALE = "QT_SCALE_FACTOR"
_NESTED = 12
"""What changed is laid out from within, a level each time the loop comes round."""


@dataclass(frozen=True)
class Variant:
    """How the window looks; ``scale`` is the screen's, which leaves it so much less room."""

    name: str
    language: str = "zh_CN"
    look: str = "light"
    size: tuple[int, int] = (1366, 768)
    font: int = 100
    density: str = "comfortable"
    scale: float = 1.0


VARIANTS = (
    Variant("zh-light"),
    Variant("zh-dark", look="dark"),
    Variant("en-light", language="en"),
    Variant("en-dark", language="en", look="dark"),
    Variant("zh-compact", density="compact"),
    Variant("zh-1280", size=(1280, 720)),
    Variant("en-1280", language="en", size=(1280, 720)),
    Variant("zh-1920", size=(1920, 1080)),
    Variant("en-1920", language="en", size=(1920, 1080)),
    Variant("zh-font-150", font=150),
    Variant("en-font-150", language="en", font=150),
    Variant("zh-scale-150", size=(911, 512), scale=1.5),
    Variant("en-scale-150", language="en", size=(911, 512), scale=1.5),
    Variant("zh-dark-scale-150", look="dark", size=(911, 512), scale=1.5),
)


class _Forgetful(MemoryDrafts):
    """Keeps no draft."""

    def save(self, key: str, values: Mapping[str, str]) -> None:
        """Let go of it."""


class Studio(Walk):
    """A program on the sample book, or on an empty one, that is dressed and led to where a picture is taken."""

    def __init__(self, program: Program, folder: Path, sample: Book, empty: Book) -> None:
        super().__init__(program, folder, folder)
        self.sample, self.empty = sample, empty
        self.variant = VARIANTS[0]

    def open(self, book: Book) -> None:
        """Have this book open."""
        session = self.program.session
        if not session.has_book or session.book is not book or self.program.window.page is None:
            session.attach(book)
            self.rest()

    def dress(self, variant: Variant) -> None:
        """Look like a variant from now on."""
        self.variant = variant
        session, window = self.program.session, self.program.window
        session.set_look(variant.look)
        window.resize(*variant.size)
        session.set_language(variant.language)
        session.set_sizes(variant.font, variant.density)
        self.rest()

    def end(self) -> None:
        """Close the window and both books."""
        self.program.window.close()
        self.rest()
        session = self.program.session
        others = [one for one in (self.sample, self.empty) if not session.has_book or one is not session.book]
        self.program.end()
        self.program.words.use("en")
        for book in others:
            books.close_book(book)
        clock.pin_today(None)

    def picture(self) -> QImage:
        """Return the window with the dialog on top of it, in the pixels of the variant's screen."""
        window = self.program.window
        for dialog in shown_dialogs():
            # The screen of a variant is as large as its window, and no dialog is larger than its screen.
            dialog.resize(dialog.size().boundedTo(window.size()))
        self.rest()
        for _level in range(_NESTED):
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._lift_mouse(window)
        window.toast.hide()
        window.notice.hide()
        picture = self._drawn(window)
        for dialog in shown_dialogs():
            painter = QPainter(picture)
            veil = QColor(theme.colours().veil)
            veil.setAlphaF(_VEIL)
            painter.fillRect(window.rect(), veil)
            corner = QPoint((window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2)
            painter.drawImage(corner, self._drawn(dialog))
            painter.end()
        return picture

    def _lift_mouse(self, window: QWidget) -> None:
        """Let nothing be under the mouse.

        Only what is there is asked for: PySide keeps what it once answered for, and falls over what is long gone.
        """
        at: QWidget | None = window.childAt(window.mapFromGlobal(QCursor.pos()))
        while at is not None:
            at.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            at = at.parentWidget()

    def _drawn(self, widget: QWidget) -> QImage:
        image = QImage(widget.size() * self.variant.scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self.variant.scale)
        image.fill(Qt.GlobalColor.transparent)
        widget.render(image)
        return image

    def close_dialogs(self) -> None:
        """Leave no dialog open, and nothing searched for."""
        for dialog in shown_dialogs():
            away(dialog)
        self.program.window.topbar.search.take_text("")
        self.program.window.topbar.search.hide_offers()
        self.rest()


Scene = Callable[[Studio], object]


@dataclass(frozen=True)
class Place:
    """Leads to a place, to a view of it, or to a record there; in the sample's book, or in an empty one."""

    place: str
    view: str = ""
    record: Callable[[Book], UUID] | None = None
    empty: bool = False

    def __call__(self, studio: Studio) -> None:
        """Go there."""
        studio.open(studio.empty if self.empty else studio.sample)
        studio.go(self.place, self.record(studio.book) if self.record else None, self.view)


def _start(make: Callable[[Studio], QWidget]) -> Scene:
    """Show what stands there before a book is open."""

    def lead(studio: Studio) -> None:
        studio.open(studio.sample)
        studio.program.window.show_cover(make(studio))
        studio.rest()

    return lead


def _first_start(sentence: str = "") -> Callable[[Studio], QWidget]:
    def make(studio: Studio) -> QWidget:
        troubled = bool(sentence)
        window = studio.program.window
        words = _(sentence) if troubled else ""
        return FirstStart(words, Path("招商.crm"), window, may_restore=troubled, may_salvage=troubled)

    return make


def _search(studio: Studio) -> None:
    """Search everything: what is found stands below the field."""
    Place("today")(studio)
    window = studio.program.window
    window.activateWindow()
    studio.type(window.topbar.search, "储能")
    studio.until(lambda: window.topbar.search.offers)


def _paper(studio: Studio) -> None:
    Place("papers", "trip", _trip)(studio)
    window = studio.program.window
    studio.until(lambda: any(one.isVisible() and _is_drawn(one) for one in window.findChildren(PdfPaper)))


def _dialog(show: Open) -> Scene:
    def lead(studio: Studio) -> None:
        studio.open(studio.sample)
        studio.go("today")
        show(studio.program.session, studio.program.window)
        studio.until(shown_dialogs)
        studio.until(lambda: all(map(_has_pages, shown_dialogs())))

    return lead


def _has_pages(dialog: QDialog) -> bool:
    """Say whether the paper of a dialog has its pages, and those that are seen are drawn."""
    return all(map(_is_drawn, dialog.findChildren(PdfPaper)))


def _is_drawn(paper: PdfPaper) -> bool:
    return bool(paper.count and paper._pictures) and not paper._asked


def _met(book: Book) -> UUID:
    return next(enterprise.id for _visit, enterprise in visits.recent_visits(book, 1))


def _trip(book: Book) -> UUID:
    return next(row.trip.id for row in trips.list_trips(book) if row.visits)


def _visit(book: Book) -> UUID:
    return next(visit.id for visit, _enterprise in visits.recent_visits(book, 1))


def _reception(book: Book) -> UUID:
    return lists.first_rows(book, Query("receptions"), 1).rows[0].id


def _project(book: Book) -> UUID:
    return max(projects.list_projects(book), key=lambda row: row.amount_yuan or 0).project.id


_OF_FIGURES = (
    *("stages", "activity", "league_teams", "overdue", "promises"),
    *("coverage", "campaigns", "per_mu", "packaged"),
)
_OF_TRIPS = ("trips", "visits", "receptions", "follow_ups", "tasks")

SCENES: dict[str, Scene] = {
    "start": _start(_first_start()),
    "start-damaged": _start(_first_start(N_("This file is not a book of this program. Choose a .crm file."))),
    "start-password": _start(lambda studio: ProtectCard(studio.program.session, studio.program.window)),
    "start-locked": _start(lambda studio: UnlockCard("招商", studio.program.window, may_leave=True)),
    "today": Place("today"),
    "dialog-search": _search,
    "enterprises": Place("enterprises", "list"),
    "contacts": Place("enterprises", "contacts"),
    "enterprise": Place("enterprises", record=_met),
    "duplicates": Place("enterprises", "duplicates"),
    **{f"projects-{view}": Place("projects", view) for view in ("leads", "board", "table")},
    "project": Place("projects", record=_project),
    **{f"trips-{view}": Place("trips", view) for view in (*_OF_TRIPS, "calendar")},
    **{f"trip-{view}": Place("trips", view, _trip) for view in (*TABS, EVENING)},
    "visit": Place("trips", "visit", _visit),
    "reception": Place("trips", "reception", _reception),
    "papers": Place("papers"),
    "papers-kept": Place("papers", "kept"),
    "paper": _paper,
    "figures": Place("figures"),
    **{f"figures-{view}": Place("figures", view) for view in _OF_FIGURES},
    **{f"settings-{name}": Place("settings", name) for name, _words, _kind in PARTS},
    **{f"empty-{place}": Place(place, empty=True) for place in ("today", "enterprises", "papers", "figures")},
    **{f"empty-projects-{view}": Place("projects", view, empty=True) for view in ("leads", "board", "table")},
    **{f"empty-trips-{view}": Place("trips", view, empty=True) for view in _OF_TRIPS},
    **{
        f"empty-settings-{name}": Place("settings", name, empty=True)
        for name in ("people", "lists", "targets", "changes", "recycle_bin", "access")
    },
    **{f"dialog-{name}": _dialog(show) for name, show in DIALOGS.items()},
}
"""By name what leads a studio to where a picture is taken."""


def draw(studio: Studio, name: str) -> QImage | None:
    """Return the picture of a scene in the variant the studio is dressed in; None where the book has no such record."""
    try:
        SCENES[name](studio)
    except StopIteration:
        return None
    picture = studio.picture()
    studio.close_dialogs()
    return picture


@contextmanager
def studio(folder: Path) -> Iterator[Studio]:
    """Make a program on a copy of the sample book, in nobody's folders."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setCursorFlashTime(0)
    settings = Settings(folder / "settings.json")
    settings.language, settings.look = "zh_CN", "light"
    program = Program(app, settings)
    sample = books.open_book(templates.sample_file(folder / "sample.crm"))
    empty = templates.new_book(folder / "empty.crm")
    clock.pin_today(PUBLISHED)
    made = Studio(program, folder, sample, empty)
    try:
        add_a_need(sample)
        keep_a_paper(sample)
        # A draft kept a moment earlier or later would stand on Today behind every dialog that follows.
        program.session.drafts = _Forgetful()
        program.window.show()
        made.open(sample)
        yield made
    finally:
        # Whatever broke: another test begins without this window, its threads and its day.
        made.end()


def main(words: list[str]) -> int:
    """Draw what was asked for."""
    asking = argparse.ArgumentParser(description="Draw every place and dialog in every variant of the look.")
    asking.add_argument("out", type=Path)
    asking.add_argument("--variants", nargs="*", default=[one.name for one in VARIANTS])
    asking.add_argument("--scenes", nargs="*", default=["*"])
    asked = asking.parse_args(words)
    wanted = [one for one in VARIANTS if one.name in asked.variants]
    for one in wanted:
        if one.scale != 1 and _SCALE not in os.environ:
            _draw_scaled(one, asked.out, asked.scenes)
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder, studio(Path(folder)) as made:
        for variant in (one for one in wanted if one.scale == 1 or _SCALE in os.environ):
            made.dress(variant)
            (asked.out / variant.name).mkdir(parents=True, exist_ok=True)
            for name in SCENES:
                if any(fnmatch(name, pattern) for pattern in asked.scenes):
                    picture = draw(made, name)
                    if picture is not None:
                        picture.save(str(asked.out / variant.name / f"{name}.png"))
                    print(variant.name, name, *made.trouble, flush=True)
                    made.trouble.clear()
    return 0


def _draw_scaled(variant: Variant, out: Path, scenes: list[str]) -> None:
    """Draw a variant on a scaled screen: dialogs are no larger than it there, and Qt scales only from its start."""
    command = [sys.executable, "-m", "tests.ui.pictures", str(out), "--variants", variant.name, "--scenes", *scenes]
    subprocess.run(command, check=True, env=os.environ | {_SCALE: str(variant.scale)})


def alone() -> None:
    """Stand where the tests stand, in a process of its own: the screen of a laptop, the hours of China."""
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={Path(__file__).resolve().parents[1] / 'screen.json'}"
    os.environ["TZ"] = "CST-8"
    if hasattr(time, "tzset"):
        time.tzset()


if __name__ == "__main__":
    alone()
    sys.exit(main(sys.argv[1:]))

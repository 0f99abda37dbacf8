"""How many clicks lie between a record and its paper, and what is made of several records at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from crm_app.domain.papers import PaperKind
from crm_app.domain.trips import PlanState
from crm_app.i18n import _
from crm_app.services import access, projects, trips, visits
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from crm_app.ui import actions
from crm_app.ui.papers.page import PapersPage
from crm_app.ui.session import Session
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.pdf_out import PAPERS_FOLDER
from crm_app.ui.widgets.print_dialog import PrintDialog
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.sampled import Hands, windowed


@pytest.fixture
def hands(session: Session, sample: Book, qtbot: QtBot) -> Iterator[Hands]:
    yield from windowed(session, sample, qtbot, ("trips", "enterprises", "projects", "papers"))


def click(hands: Hands, within: QWidget, words: str) -> None:
    """Click the one button that is called so, as a hand on the mouse does."""
    hands.until(lambda: _named(within, words))
    (found,) = _named(within, words)
    hands.click(found)


def _named(within: QWidget, words: str) -> list[QAbstractButton]:
    buttons = within.findChildren(QAbstractButton)
    return [one for one in buttons if one.isVisible() and words in (one.accessibleName(), one.text())]


def shown(hands: Hands, kind: PaperKind) -> PapersPage:
    hands.until(lambda: isinstance(hands.window.page, PapersPage))
    page = hands.window.page
    assert isinstance(page, PapersPage)
    hands.until(lambda: page.shown is not None and page.shown.kind is kind and page.view.paper.count)
    return page


def asked_to_print(hands: Hands) -> None:
    """See the dialog that asks for a printer, of which there is none, and leave it."""
    dialog = hands.dialog(PrintDialog)
    assert any("没有打印机" in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()
    hands.closed(dialog)


def test_a_paper_is_two_clicks_from_its_record(hands: Hands) -> None:
    visit = visits.recent_visits(hands.book)[0][0]
    trip = next(row.trip.id for row in trips.list_trips(hands.book) if row.visits)
    project = projects.list_projects(hands.book)[0].project.id
    ways = (
        ("trips", visit.id, "visit", "打印拜访报告", PaperKind.VISIT),
        ("trips", trip, "trip", "情况报告", PaperKind.TRIP),
        ("trips", trip, "trip", "工作手册", PaperKind.TRIP_PACK),
        ("enterprises", visit.enterprise_id, "", _("Print the one-pager"), PaperKind.ONE_PAGER),
        ("projects", project, "", "打印", PaperKind.PROJECT),
    )
    for place, record, view, words, kind in ways:
        click(hands, hands.go(place, record, view), words)
        click(hands, shown(hands, kind).view, actions.spec("print").title)
        asked_to_print(hands)


def test_the_report_of_a_trip_is_on_the_disk_in_three_clicks(hands: Hands, tmp_path: Path) -> None:
    hands.session.settings.set_last(PAPERS_FOLDER, str(tmp_path))
    lists = hands.go("trips", view="trips")
    listed = next(one for one in lists.findChildren(DataList) if one.isVisible())
    hands.until(lambda: listed.model.complete)
    trip = next(row.trip for row in trips.list_trips(hands.book) if row.visits)
    ids = [row.id for number in range(listed.model.rowCount()) if (row := listed.model.row(number)) is not None]
    opened = listed.model.index(ids.index(trip.id), 0)
    listed.table.scrollTo(opened)
    at = listed.table.visualRect(opened).center()
    for pressed in (QTest.mouseClick, QTest.mouseDClick):
        pressed(listed.table.viewport(), Qt.MouseButton.LeftButton, pos=at)  # 1, a double one
    click(hands, lists, "报告存为 PDF")  # 2
    dialog = hands.dialog(QFileDialog)
    hands.click(dialog.findChildren(QDialogButtonBox)[0].buttons()[0])  # 3
    hands.closed(dialog)
    saved = written(hands, tmp_path)
    assert (trip.title in saved.name, saved.read_bytes()[:4]) == (True, b"%PDF")
    saved.unlink()

    hands.go("trips", view="trips")
    listed.table.setFocus()
    listed.table.selectRow(opened.row())
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: not listed.isVisible())
    hands.settle()
    hands.press(Qt.Key.Key_S, CTRL)
    hands.dialog(QFileDialog)
    hands.press(Qt.Key.Key_Return)
    assert written(hands, tmp_path) == saved, "and by three keys"
    assert len(access.entries(hands.book)) == 2, "both are noted"


def written(hands: Hands, folder: Path) -> Path:
    """Return the one paper in a folder, once it is there."""
    hands.until(lambda: list(folder.glob("*.pdf")))
    hands.settle()
    (saved,) = folder.glob("*.pdf")
    return saved


def test_the_keys_are_the_same_on_every_record(hands: Hands) -> None:
    visit = visits.recent_visits(hands.book)[0][0]
    trip = next(row.trip.id for row in trips.list_trips(hands.book) if row.visits)
    for record, view, kind in ((visit.id, "visit", PaperKind.VISIT), (trip, "trip", PaperKind.TRIP)):
        hands.go("trips", record, view)
        hands.press(Qt.Key.Key_P, CTRL)
        page = shown(hands, kind)
        hands.until(lambda page=page: page.view.area.hasFocus())
        hands.press(Qt.Key.Key_P, CTRL)
        asked_to_print(hands)


def test_the_one_pagers_of_a_trip_are_one_paper_or_a_file_each(hands: Hands, tmp_path: Path) -> None:
    trip = next(row.trip.id for row in trips.list_trips(hands.book) if row.visits)
    plans = trips.trip_page(hands.book, trip).plans
    met = {row.enterprise.id for row in plans if row.plan.state is not PlanState.CANCELLED}
    click(hands, hands.go("trips", trip, "trip"), "各家一页纸")
    page = shown(hands, PaperKind.ONE_PAGER)
    assert page.shown is not None
    assert set(page.shown.asked.ids) == met
    once = page.view.paper.count
    assert once >= len(met)

    hands.click(page.side.both)
    hands.until(lambda: page.shown is not None and page.shown.asked.both_sides and page.view.paper.count > once)

    assert page.view.out.handed.both_sides

    hands.click(page.side.each)
    dialog = hands.dialog(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    hands.until(lambda: page.view.saved.isVisible())
    assert len(list(tmp_path.glob("*.pdf"))) == len(met)
    assert page.view.saved.path == tmp_path


def test_the_chosen_rows_of_a_list_are_printed_together(hands: Hands) -> None:
    listed = next(one for one in hands.go("enterprises").findChildren(DataList) if one.isVisible())
    hands.until(lambda: listed.model.complete)
    listed.table.setFocus()
    listed.table.selectRow(0)
    for _row in range(2):
        hands.press(Qt.Key.Key_Down, SHIFT)
    hands.press(Qt.Key.Key_P, CTRL)
    page = shown(hands, PaperKind.ONE_PAGER)
    assert page.shown is not None
    assert len(page.shown.asked.ids) == 3
    assert page.shown.asked == Asked(ids=page.shown.asked.ids)

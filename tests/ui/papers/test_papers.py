"""The place of papers by keyboard and mouse: composed, clicked, worded, kept, reviewed, issued."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QScrollArea, QWidget

from crm_app.briefs.content import Table
from crm_app.briefs.standing import Hotspot
from crm_app.domain.kinds import Amount
from crm_app.domain.papers import PaperKind, PaperState
from crm_app.domain.projects import Signing
from crm_app.services import figures, papers, trips, visits
from crm_app.services.papers import Area, Asked
from crm_app.ui.papers.choice import KEPT
from crm_app.ui.papers.kept import STATE
from crm_app.ui.papers.page import PapersPage
from crm_app.ui.papers.reconcile import ReconcileDialog
from crm_app.ui.papers.section import ListSection
from crm_app.ui.papers.work import Shown
from crm_app.ui.widgets.form_dialog import FormDialog
from crm_app.ui.widgets.pdf_paper import PdfPaper
from tests.ui.keyboard import CTRL
from tests.ui.sampled import Hands

FIRST, HALF = date(2023, 1, 1), date(2023, 6, 30)
HALF_YEAR = Asked(start=FIRST, end=HALF)


def place(hands: Hands) -> PapersPage:
    page = hands.go("papers")
    assert isinstance(page, PapersPage)
    return page


def shown(hands: Hands, page: PapersPage, kind: PaperKind) -> Shown:
    """Return the paper of a kind on screen, once it can be clicked."""
    return clickable(hands, page, lambda one: one.kind is kind)


def clickable(hands: Hands, page: PapersPage, wanted: Callable[[Shown], object]) -> Shown:
    """Return the paper on screen, once it is the wanted one, its pages are there and its figures can be clicked."""
    hands.until(lambda: page.shown is not None and wanted(page.shown) and page.view.paper.count)
    hands.settle()
    assert page.shown is not None
    return page.shown


def choose(hands: Hands, page: PapersPage, kind: PaperKind) -> None:
    page.choice.focus_first()
    while page.choice.kind is not kind:
        hands.press(Qt.Key.Key_Down)


def bulletin(hands: Hands) -> PapersPage:
    page = place(hands)
    hands.press(Qt.Key.Key_Return)
    shown(hands, page, PaperKind.BULLETIN)
    return page


def rows_told(section: ListSection) -> list[str]:
    return [section.list.item(row).text() for row in range(section.list.count())]


def click_figure(hands: Hands, page: PapersPage, wanted: tuple[object, ...]) -> None:
    """Click the middle of the figure on the pages that stands on these rows."""
    assert page.shown is not None
    spot = next(
        one for one in papers.standing_of(page.session.book, page.shown.paper, None).figures if one.rows == wanted
    )
    at = point_at(page, spot)
    assert page.view.paper.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(page.view.paper, Qt.MouseButton.LeftButton, pos=at)


def point_at(page: PapersPage, spot: Hotspot | Area) -> QPoint:
    """Bring the middle of a place on the pages into view, move the pointer there and return where that is."""
    paper = page.view.paper
    on_sheet = paper.rect_of(spot.page)
    scale = on_sheet.width() / 595.2756
    centre = QRectF(spot.x, spot.y, spot.width, spot.height).center() * scale
    at = (QPointF(on_sheet.topLeft()) + centre).toPoint()
    page.view.area.ensureVisible(at.x(), at.y())
    QTest.mouseMove(paper, at)
    return at


def open_area(page: PapersPage, wanted: Callable[[Area], object]) -> None:
    """Click twice on the first area of the pages that fits, as the hand does."""
    assert page.shown is not None
    area = next(
        one for one in papers.standing_of(page.session.book, page.shown.paper, page.shown.kept).areas if wanted(one)
    )
    at = point_at(page, area)
    for click in (QTest.mouseClick, QTest.mouseDClick):
        click(page.view.paper, Qt.MouseButton.LeftButton, pos=at)


def test_enter_composes_the_bulletin_of_the_first_half_year(hands: Hands) -> None:
    page = bulletin(hands)
    assert page.shown is not None
    assert page.shown.asked == HALF_YEAR
    assert page.side.missing.title == "缺3项"
    assert any("期号" in line for line in rows_told(page.side.missing))
    assert page.side.words.isVisible()


def test_a_window_in_words_that_cannot_be_read_is_told(hands: Hands) -> None:
    page = place(hands)
    page.choice.start.setFocus()
    page.choice.start.setText("某天")
    page.choice.end.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: hands.told)
    assert page.shown is None


def test_a_clicked_figure_lists_its_rows_and_a_row_goes_to_its_record(hands: Hands) -> None:
    page = bulletin(hands)
    signed = figures.figures(hands.book, FIRST, HALF).signed
    click_figure(hands, page, signed.rows)
    hands.until(lambda: page.side.rows.list.count() == 70)
    assert "70" in page.side.rows.title
    assert any("72亿" in line for line in rows_told(page.side.rows))
    assert page.side.missing.folded
    hands.click(page.side.missing.head)
    assert page.side.missing.list.isVisible()
    hands.click_row(page.side.rows.list, 0)
    assert hands.went_to("projects").record is not None


def test_a_gap_leads_to_its_record(hands: Hands) -> None:
    page = bulletin(hands)
    row = next(row for row, line in enumerate(rows_told(page.side.missing)) if "日期" in line)
    hands.click_row(page.side.missing.list, row)
    assert hands.went_to("projects").record is not None


def test_a_double_click_leads_to_what_stands_there(hands: Hands) -> None:
    page = bulletin(hands)
    hands.settle()
    open_area(page, lambda one: one.place is not None and "70个" in one.place.text)
    hands.until(lambda: any("先存为草稿" in said for said, _undo in hands.said))
    assert page.side.advance.hasFocus(), "Enter keeps the draft, as was told"
    open_area(page, lambda one: one.gap is not None and one.gap.where == "words.issue")
    hands.dialog(FormDialog).reject()
    open_area(page, lambda one: one.gap is not None and one.gap.rows)
    assert hands.went_to("projects").record is not None


def test_lists_wrap_and_never_scroll_sideways(hands: Hands) -> None:
    page = bulletin(hands)
    for wrapped in (page.side.missing.list, page.choice.kept.list):
        assert wrapped.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        for row in range(wrapped.count()):
            assert wrapped.visualItemRect(wrapped.item(row)).width() <= wrapped.viewport().width()
    heights = {height(page.choice.kinds, row) for row in range(page.choice.kinds.count())}
    assert len(heights) == 1


def height(view: QListWidget, row: int) -> int:
    return view.visualItemRect(view.item(row)).height()


def test_the_preview_fits_its_width_without_a_bar(hands: Hands) -> None:
    page = bulletin(hands)
    area = page.view.findChild(QScrollArea)
    assert area is not None
    assert not area.horizontalScrollBar().isVisible()
    area.setFocus()
    for _step in range(2):
        hands.press(Qt.Key.Key_Plus, CTRL)
    hands.until(area.horizontalScrollBar().isVisible)
    hands.press(Qt.Key.Key_0, CTRL)
    assert not area.horizontalScrollBar().isVisible()
    hands.press(Qt.Key.Key_9, CTRL)
    paper = page.view.findChild(PdfPaper)
    assert paper is not None
    assert paper.rect_of(0).height() <= area.viewport().height()


def test_words_are_changed_and_composed_at_once(hands: Hands) -> None:
    page = bulletin(hands)
    before = page.shown
    hands.click(page.side.words)
    dialog = hands.dialog(FormDialog)
    hands.tab_to(focus_of(dialog, "issue"))
    hands.write("12")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(dialog)
    hands.until(lambda: page.shown is not before)
    words = papers.paper_words(hands.book, *HALF_YEAR.window())
    assert (words.issue, words.copies) == ("12", 60)
    assert page.side.missing.title == "缺2项"


def focus_of(dialog: FormDialog, field: str) -> QWidget:
    control = dialog.form.editors[field].focusProxy()
    assert control is not None
    return control


def test_a_judgement_without_a_basis_is_told_under_its_field(hands: Hands) -> None:
    page = place(hands)
    page.choice.kinds.mark(PaperKind.MONTHLY)
    page.choice.start.setText("2023-05-01")
    page.choice.end.setText("2023-05-31")
    hands.click(page.choice.words)
    dialog = hands.dialog(FormDialog)
    hands.tab_to(focus_of(dialog, "judgement"))
    hands.write("取得重大突破")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: dialog.form.editors["basis"].message.isVisible())
    assert dialog.isVisible()
    dialog.reject()


def test_a_bulletin_is_kept_reviewed_and_issued(hands: Hands) -> None:
    page = bulletin(hands)
    hands.click(page.side.advance)
    hands.until(lambda: page.shown is not None and page.shown.kept is not None)
    hands.settle()
    hands.until(page.choice.kept.list.count)
    assert page.choice.kept.list.item(0).data(STATE) == PaperState.DRAFT
    assert page.side.advance.text() == "送审"
    hands.click(page.side.advance)
    hands.until(lambda: page.shown is not None and page.shown.state is PaperState.REVIEW)
    hands.settle()

    hands.click(page.side.advance)
    dialog = hands.dialog(ReconcileDialog)
    assert "期号" in page.side.error.text()
    answer_each(hands, dialog)
    hands.click(dialog.final)
    hands.closed(dialog)
    hands.until(lambda: page.shown is not None and page.shown.state is PaperState.FINAL)
    hands.settle()

    (kept,) = papers.list_papers(hands.book)
    assert page.shown is not None
    assert page.shown.pdf == papers.final_bytes(hands.book, kept.id)
    assert "定稿" in page.side.facts.text()
    assert "期号由办公室另行编定" in page.side.facts.text()
    assert not page.side.advance.isVisible()
    assert not page.side.words.isVisible()
    assert page.choice.kept.list.item(0).data(STATE) == PaperState.FINAL
    assert hands.said[-1][1] is False, "no undo is offered of what cannot be undone"


def answer_each(hands: Hands, dialog: ReconcileDialog) -> None:
    """Give each open line the reason, by keyboard."""
    while not dialog.final.isEnabled():
        before = dialog.count.text()
        hands.tab_to(dialog.reason)
        hands.write("期号由办公室另行编定")
        hands.press(Qt.Key.Key_Return, CTRL)
        hands.until(lambda before=before: dialog.count.text() != before)


def final_bulletin(hands: Hands) -> PapersPage:
    kept = papers.draft(hands.book, papers.compose(hands.book, PaperKind.BULLETIN, HALF_YEAR), HALF_YEAR).value
    for point in papers.barring(hands.book, papers.issued(hands.book, kept)):
        papers.answer(hands.book, kept, point.key, "期号由办公室另行编定")
    papers.issue(hands.book, kept)
    return place(hands)


def test_a_kept_paper_opens_by_click_and_by_enter(hands: Hands) -> None:
    page = final_bulletin(hands)
    hands.until(page.choice.kept.list.count)
    hands.click(page.choice.tabs.tabs[KEPT])
    hands.click_row(page.choice.kept.list, 0)
    opened = shown(hands, page, PaperKind.BULLETIN)
    assert opened.state is PaperState.FINAL

    hands.press(Qt.Key.Key_PageUp, CTRL)
    choose(hands, page, PaperKind.LEDGER)
    hands.press(Qt.Key.Key_Return)
    shown(hands, page, PaperKind.LEDGER)
    hands.press(Qt.Key.Key_PageDown, CTRL)
    assert page.choice.kept.list.hasFocus()
    hands.press(Qt.Key.Key_Return)
    assert shown(hands, page, PaperKind.BULLETIN).state is PaperState.FINAL


@pytest.mark.parametrize("known", [True, False], ids=["read before", "read after"])
def test_the_keyboard_stands_on_the_kept_papers(hands: Hands, known: bool) -> None:
    page = final_bulletin(hands)
    if known:
        hands.until(page.choice.kept.list.count)
    hands.click(page.choice.tabs.tabs[KEPT])
    hands.settle()
    assert hands.focus() is page.choice.kept.list
    assert [item.text() for item in page.choice.kept.list.selectedItems()] == [page.choice.kept.list.item(0).text()]


def test_the_ring_of_the_preview_moves_no_page(hands: Hands) -> None:
    page = bulletin(hands)
    area, before = page.view.area, page.view.area.viewport().geometry()
    page.view.setFocus()
    hands.settle()
    assert area.hasFocus()
    assert area.viewport().geometry() == before
    assert before.left() > 0


def test_a_final_paper_tells_what_has_changed_since(hands: Hands) -> None:
    page = final_bulletin(hands)
    hands.until(page.choice.kept.list.count)
    hands.click(page.choice.tabs.tabs[KEPT])
    hands.click_row(page.choice.kept.list, 0)
    shown(hands, page, PaperKind.BULLETIN)
    hands.click(page.side.compare)
    hands.until(lambda: page.side.differences.isVisible() and "一致" in page.side.differences.title)

    line = figures.signed_contracts(hands.book, FIRST, HALF)[0]
    with hands.book.unit("correct") as unit:
        unit.update(Signing, line.signing_id, amount=Amount(73 * 10**8))
        unit.commit()
    hands.click(page.side.compare)
    hands.until(page.side.differences.list.count)
    assert any("535亿元" in text for text in rows_told(page.side.differences))


def test_a_ledger_is_printed_of_the_list_that_was_chosen(hands: Hands) -> None:
    page = place(hands)
    choose(hands, page, PaperKind.LEDGER)
    assert page.choice.lists.isVisible()
    page.choice.lists.setCurrentIndex(page.choice.lists.findData("trips"))
    hands.press(Qt.Key.Key_Return)
    made = shown(hands, page, PaperKind.LEDGER)
    assert made.paper.title == "外出招商台账"
    hands.click(page.side.advance)
    hands.until(lambda: page.shown is not None and page.shown.kept is not None)
    hands.settle()
    hands.click(page.side.again)
    hands.settle()
    assert page.shown is not None
    assert page.shown.asked == Asked(list_name="trips")


def test_each_kind_offers_its_own_windows_and_the_steps_of_one_person_are_listed(hands: Hands) -> None:
    page = place(hands)
    choose(hands, page, PaperKind.MONTHLY)
    assert page.choice.preset.currentText() == "本月（2023年7月）"
    choose(hands, page, PaperKind.CALENDAR)
    assert (page.choice.start.text(), page.choice.end.text()) == ("2023年7月1日", "2023年7月31日")
    assert not page.choice.owner.isVisible()
    while page.choice.kind is not PaperKind.FOLLOW_UPS:
        before = page.choice.kind
        hands.press(Qt.Key.Key_Up)
        assert page.choice.kind is not before
    hands.until(lambda: page.choice.owner.count() > 1)
    page.choice.owner.setCurrentIndex(1)
    hands.press(Qt.Key.Key_Return)
    made = shown(hands, page, PaperKind.FOLLOW_UPS)
    assert made.asked.ids == (page.choice.owner.currentData(),)
    captions = [block.caption for block in made.paper.blocks if isinstance(block, Table)]
    assert [caption.partition("：")[0] for caption in captions] == [page.choice.owner.currentText()]


def test_a_visit_report_is_found_by_its_enterprise(hands: Hands) -> None:
    page = place(hands)
    choose(hands, page, PaperKind.ONE_PAGER)
    hands.press(Qt.Key.Key_Return)
    assert page.choice.record.hasFocus()
    hands.write("jwjy")
    hands.until(lambda: page.choice.record.offers)
    hands.press(Qt.Key.Key_Return)
    assert shown(hands, page, PaperKind.ONE_PAGER).paper.title == "巨湾技研"


def test_another_place_asks_for_a_paper_of_its_record(hands: Hands) -> None:
    visit = visits.recent_visits(hands.book)[0][0]
    page = hands.go("papers", visit.id, "visit")
    assert isinstance(page, PapersPage)
    assert shown(hands, page, PaperKind.VISIT).asked == Asked(ids=(visit.id,))
    trip = next(row.trip.id for row in trips.list_trips(hands.book) if row.visits)
    hands.go("papers", trip, "trip")
    assert shown(hands, page, PaperKind.TRIP).asked == Asked(ids=(trip,))

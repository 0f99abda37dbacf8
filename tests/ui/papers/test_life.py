"""A paper's life by keyboard and mouse: looked through, changed by hand, arranged, final in four clicks."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from crm_app.domain.kinds import Amount
from crm_app.domain.papers import PaperKind, PaperState
from crm_app.domain.projects import Signing
from crm_app.domain.targets import Ranking
from crm_app.services import figures, papers
from crm_app.services.papers import Asked, PaperWords
from crm_app.ui.papers.page import PapersPage
from crm_app.ui.papers.reconcile import ReconcileDialog
from crm_app.ui.papers.template import TemplateDialog
from crm_app.ui.papers.texts import TextsDialog
from tests.ui.keyboard import CTRL
from tests.ui.kit import held_up
from tests.ui.papers.test_papers import bulletin, clickable, open_area, place
from tests.ui.sampled import Hands

FIRST, HALF = date(2023, 1, 1), date(2023, 6, 30)
HALF_YEAR = Asked(start=FIRST, end=HALF)


def kept(hands: Hands) -> PapersPage:
    paper = papers.draft(hands.book, papers.compose(hands.book, PaperKind.BULLETIN, HALF_YEAR), HALF_YEAR).value
    page = place(hands)
    page.open(paper)
    clickable(hands, page, lambda one: one.kept)
    return page


def settle_everything(hands: Hands) -> None:
    """Leave nothing open in the sample's half-year."""
    words = PaperWords(issue="7", plans="紧盯开工。", name="招商工作简报")
    papers.change_paper_words(hands.book, *HALF_YEAR.window(), words)
    paper = papers.draft(hands.book, papers.compose(hands.book, PaperKind.BULLETIN, HALF_YEAR), HALF_YEAR).value
    rows = [row for point in papers.barring(hands.book, papers.issued(hands.book, paper)) for row in point.rows]
    with hands.book.unit("settle") as unit:
        for one in unit.get_many(Signing, rows):
            unit.delete(Signing, one)
        for ranking in unit.find(Ranking):
            unit.update(Ranking, ranking.id, document="〔2023〕1号(示例)")
        unit.commit()


def test_the_half_year_is_final_in_four_clicks(hands: Hands) -> None:
    settle_everything(hands)
    page = bulletin(hands)  # 1: composed
    hands.click(page.life.reconcile)  # 2
    dialog = hands.dialog(ReconcileDialog)
    assert dialog.final.isEnabled(), dialog.lines.item(0).text()
    hands.click(dialog.final)  # 3; the fourth saves the pages
    hands.closed(dialog)
    clickable(hands, page, lambda one: one.state is PaperState.FINAL)
    open_area(page, lambda one: one.place is not None and "个" in one.place.text)
    hands.until(lambda: any("已定稿" in said for said, _undo in hands.said))


def test_a_line_shows_its_rows_and_takes_its_own_reason(hands: Hands) -> None:
    page = bulletin(hands)
    hands.click(page.life.reconcile)
    dialog = hands.dialog(ReconcileDialog)
    assert not dialog.final.isEnabled()
    lines = [dialog.lines.item(row).text() for row in range(dialog.lines.count())]
    assert lines[0].startswith("缺项 · 须处理")
    total = next(row for row, line in enumerate(lines) if line.startswith("合计与分项"))
    dialog.lines.setCurrentRow(total)
    hands.until(lambda: dialog.rows.count() == 70)
    assert not dialog.reason.isVisible()

    dialog.lines.setCurrentRow(0)
    hands.tab_to(dialog.reason)
    hands.write("期号由办公室另行编定")
    # Closed at once, while the paper is being kept that the reason belongs to.
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)
    hands.until(lambda: page.shown is not None and page.shown.kept is not None)
    hands.settle()
    hands.click(page.life.reconcile)
    dialog = hands.dialog(ReconcileDialog)
    dialog.lines.setCurrentRow(0)
    assert dialog.reason.toPlainText() == "期号由办公室另行编定", "typed on a paper that was not kept yet"
    hands.tab_to(dialog.reason)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: any("已说明" in dialog.lines.item(row).text() for row in range(dialog.lines.count())))
    assert dialog.paper is not None, "the paper was kept as a draft"
    (known,) = papers.list_papers(hands.book)
    assert "期号由办公室另行编定" in (known.answers or "")

    row = next(n for n in range(dialog.lines.count()) if "日期" in dialog.lines.item(n).text())
    dialog.lines.setCurrentRow(row)
    hands.until(lambda: dialog.rows.count() == 1)
    hands.click_row(dialog.rows, 0)
    assert hands.went_to("projects").record is not None


def test_a_text_is_changed_by_hand_and_says_when_its_figures_moved(hands: Hands) -> None:
    page = kept(hands)
    open_area(page, lambda one: one.place is not None and "70个" in one.place.text)
    dialog = hands.dialog(TextsDialog)
    bold = [row for row in range(dialog.list.count()) if dialog.list.item(row).font().bold()]
    assert [dialog.list.item(row).text() for row in bold[:2]] == ["2023年上半年招商引资工作情况", "项目签约情况"]
    assert "70个" in dialog.list.currentItem().text()
    assert dialog.words.hasFocus(), "the text that was clicked twice"
    before = page.shown
    hands.press(Qt.Key.Key_End, CTRL)
    hands.write("来之不易。")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: page.shown is not before)
    dialog.reject()
    hands.closed(dialog)
    assert page.shown is not None
    assert "来之不易。" in str(page.shown.paper)

    line = figures.signed_contracts(hands.book, FIRST, HALF)[0]
    with hands.book.unit("correct") as unit:
        unit.update(Signing, line.signing_id, amount=Amount(73 * 10**8))
        unit.commit()
    before = page.shown
    hands.click(page.side.again)
    clickable(hands, page, lambda one: one is not before)
    find_in_the_pages(hands, page, "来之不易")
    hands.press(Qt.Key.Key_F2)
    dialog = hands.dialog(TextsDialog)
    assert "数据已变" in dialog.list.currentItem().text()
    assert "来之不易。" in dialog.words.toPlainText()
    assert "535亿元" in dialog.drafted.text()
    assert "534亿元" in dialog.moved.text()
    hands.click(dialog.stand)
    hands.until(lambda: "数据已变" not in dialog.list.item(dialog.list.currentRow()).text())
    dialog.reject()


def find_in_the_pages(hands: Hands, page: PapersPage, text: str) -> None:
    page.view.setFocus()
    hands.press(Qt.Key.Key_F, CTRL)
    hands.write(text)
    hands.until(lambda: "1" in page.view.finder.told.text())


def test_a_template_is_arranged_with_its_pages_beside_it(hands: Hands) -> None:
    page = bulletin(hands)
    hands.click(page.life.template)
    dialog = hands.dialog(TemplateDialog)
    hands.until(lambda: dialog.paper.count)
    names = [dialog.sections.item(row).text() for row in range(dialog.sections.count())]
    assert names[:2] == ["导语", "项目签约情况"]
    dialog.sections.setCurrentRow(names.index("外出与接待情况") if "外出与接待情况" in names else 4)
    moved = dialog.sections.currentItem().text()
    for _step in range(3):
        hands.click(dialog.up)
    assert dialog.sections.item(1).text() == moved
    hands.tab_to(dialog.closing)
    hands.write("共{没有}。")
    hands.until(dialog.note.isVisible)
    assert "没有" in dialog.note.text()
    dialog.closing.clear()
    index = next(n for n in range(dialog.terms.count()) if dialog.terms.itemText(n) == "拜访家次")
    dialog._into = dialog.closing
    dialog.terms.setCurrentIndex(index)
    dialog.terms.activated.emit(index)
    assert dialog.closing.toPlainText() == "{拜访家次}"
    hands.until(lambda: not dialog.note.isVisible())
    before = page.shown
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(dialog)
    hands.until(lambda: page.shown is not before)
    assert page.shown is not None
    told = [getattr(block, "text", "") for block in page.shown.paper.blocks]
    assert f"一、{moved}" in told


def twice(hands: Hands, dialog: QWidget) -> None:
    """Press Ctrl+Enter twice while the book is busy."""
    with held_up(hands.session.background):
        for _time in range(2):
            QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    hands.settle()


def test_what_is_kept_of_a_paper_is_kept_once_though_enter_is_pressed_twice(hands: Hands) -> None:
    page = kept(hands)
    assert page.shown is not None
    assert page.shown.kept is not None
    paper = page.shown.kept.id
    open_area(page, lambda one: one.place is not None and "70个" in one.place.text)
    texts = hands.dialog(TextsDialog)
    hands.press(Qt.Key.Key_End, CTRL)
    hands.write("来之不易。")
    twice(hands, texts)
    assert "来之不易" in str(papers.paper_of(papers.issued(hands.book, paper)))
    texts.reject()
    hands.closed(texts)

    hands.click(page.life.reconcile)
    reconcile = hands.dialog(ReconcileDialog)
    hands.tab_to(reconcile.reason)
    hands.write("由办公室编定")
    twice(hands, reconcile)
    assert papers.issued(hands.book, paper).answers
    reconcile.reject()
    hands.closed(reconcile)

    hands.click(page.life.template)
    template = hands.dialog(TemplateDialog)
    hands.until(lambda: template.paper.count)
    template.sections.setCurrentRow(1)
    hands.click(template.down)
    twice(hands, template)
    said = [sentence.partition("：")[0] for sentence, _undo in hands.said]
    assert [said.count(one) for one in ("修改材料文字", "说明材料未尽事项", "修改模板")] == [1, 1, 1]

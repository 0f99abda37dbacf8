"""Yearly results stand on the enterprise's page: added, changed and taken back in place, per mu where land is known."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from crm_app.briefs.texts import texts
from crm_app.domain.papers import PaperKind
from crm_app.services import enterprises, papers, targets
from crm_app.services.papers import Asked
from crm_app.ui.enterprises.results import ResultsCard
from crm_app.ui.widgets.lines import Link
from tests.ui.enterprises.conftest import NAMES
from tests.ui.enterprises.hands import CTRL, Hands
from tests.ui.kit import held_up


def _said(card: ResultsCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.isVisible()]


def test_results_are_added_changed_and_taken_back_in_place(hands: Hands) -> None:
    firm = enterprises.suggest(hands.book, NAMES[0])[0].enterprise.id
    card = hands.enterprises(firm).view.results
    card.line.begin(firm)
    for name, text in (("year", "2022"), ("output", "5.6亿"), ("tax", "很多")):
        hands.write(card.line.fields[name], text)
    hands.press(Qt.Key.Key_Return)
    hands.until(card.line.error.isVisible)
    hands.write(card.line.fields["tax"], "2300万")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: "5.6亿元" in _said(card) and card.line.isHidden())
    next(one for one in card.findChildren(QToolButton) if "2022" in one.accessibleName()).click()
    hands.click(hands.named(card, "用工、用地、来源…", Link))
    dialog = hands.dialog()
    hands.fill(dialog, land="100", source="年报", source_on="2023-3-1")
    hands.save(dialog)
    hands.until(lambda: any("产值 560" in text and "来源：年报" in text for text in _said(card)))
    known = targets.list_annuals(hands.book)[0][0]
    card.line.begin(firm, known)
    hands.write(card.line.fields["output"], "6亿")
    hands.press(Qt.Key.Key_Escape)
    assert card.line.isHidden()
    card.line.begin(firm, known)
    assert card.line.fields["output"].text() == "6亿", "kept as a draft"
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: "6亿元" in _said(card))
    printed = "".join(texts(papers.compose(hands.book, PaperKind.ONE_PAGER, Asked(ids=(firm,)))))
    assert "产值6亿元，纳税2300万元（万元/亩：产值 600、税收 23）" in printed
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.until(lambda: "5.6亿元" in _said(card))


def test_what_is_typed_in_the_line_is_no_other_one_s_and_hides_nothing_of_the_form(hands: Hands) -> None:
    firm = enterprises.suggest(hands.book, NAMES[0])[0].enterprise.id
    for year in (2021, 2022):
        targets.add_annual(hands.book, firm, year, output=10**8, tax=10**7)
    second, first = (annual for annual, _name in targets.list_annuals(hands.book))
    line = hands.enterprises(firm).view.results.line
    line.begin(firm, first)
    targets.change_annual(hands.book, first.id, tax=2 * 10**7)
    hands.write(line.fields["output"], "6亿")
    with held_up(hands.session.background):
        hands.press(Qt.Key.Key_Return)
        line.begin(firm, second)
        hands.write(line.fields["output"], "7亿")
    hands.written()
    assert line.fields["output"].text() == "7亿", "the line that was gone on to stays"
    told = next(one for one, _name in targets.list_annuals(hands.book) if one.id == first.id)
    assert (told.output, told.tax) == (6 * 10**8, 2 * 10**7), "what was not touched is not written back"
    hands.click(hands.named(line, "用工、用地、来源…", Link))
    hands.fill(hands.dialog(), source="年报")
    hands.press(Qt.Key.Key_Escape)
    hands.come_back()
    line.begin(firm, second)
    typed = hands.dialog().form.typed()
    assert line.isHidden()
    assert (typed["output"], typed["source"]) == ("7亿", "年报"), "a draft with more than the line holds"

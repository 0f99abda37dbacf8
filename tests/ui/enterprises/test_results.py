"""Yearly results stand on the enterprise's page: added, changed and taken back in place, per mu where land is known."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from crm_app.briefs.content import texts
from crm_app.domain.papers import PaperKind
from crm_app.services import enterprises, papers, targets
from crm_app.services.papers import Asked
from crm_app.ui.enterprises.results import ResultsCard
from crm_app.ui.widgets.lines import Link
from tests.ui.enterprises.conftest import NAMES
from tests.ui.enterprises.hands import CTRL, Hands


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

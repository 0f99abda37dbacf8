"""Every fact of an enterprise is changed in its place: F2, typing, Enter; Esc leaves it as it was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt

from crm_app.services import enterprises
from crm_app.ui.enterprises.fact_row import FactRow
from tests.ui.enterprises.conftest import NAMES
from tests.ui.enterprises.hands import Hands

TYPED: dict[str, tuple[str, Any]] = {
    "name": ("渝能动力(示例)有限公司", "渝能动力(示例)有限公司"),
    "uscc": ("91110000600037341L", "91110000600037341L"),
    "category": ("协会", "association"),
    "ownership": ("民营", "民营"),
    "region": ("深圳", "广东省深圳市"),
    "country": ("中国", "中国"),
    "address": ("双福街道 8 号", "双福街道 8 号"),
    "industry": ("制造业", "制造业"),
    "cluster": ("前沿新材料", "前沿新材料"),
    "chain_position": ("负极", "负极"),
    "products": ("电解铜箔", "电解铜箔"),
    "revenue": ("5.6亿", 560_000_000),
    "revenue_year": ("2022", 2022),
    "tax": ("320万", 3_200_000),
    "tax_year": ("2022", 2022),
    "staff": ("1,200", 1200),
    "expansion_signal": ("在谈二期", "在谈二期"),
    "fit": ("厂房层高", "厂房层高"),
    "topics": ("用电", "用电"),
    "campaign": ("招商五大行动", "招商五大行动"),
}
"""By field: what is typed, and what the book then holds."""


def _begin(hands: Hands, enterprise: UUID, name: str) -> FactRow:
    """Stand on a fact and press F2."""
    facts = hands.enterprises(enterprise).view.facts
    row = facts.rows[name]
    if row.isHidden():
        hands.click(facts.more)
    row.setFocus()
    hands.press(Qt.Key.Key_F2)
    assert row.isAncestorOf(hands.focus()), name
    return row


def _held(hands: Hands, enterprise: UUID, name: str) -> Any:
    return getattr(enterprises.enterprise_page(hands.book, enterprise).enterprise, name)


def test_every_kind_of_fact_is_taken_by_enter_and_left_by_escape(hands: Hands, battery: UUID) -> None:
    rows = hands.enterprises(battery).view.facts.rows
    assert set(TYPED) == set(rows) - {"parent_id"}
    for name, (typed, meant) in TYPED.items():
        row = _begin(hands, battery, name)
        hands.write(hands.focus(), typed)
        hands.press(Qt.Key.Key_Return)
        hands.until(lambda row=row: row.editor is None)
        hands.written()
        assert _held(hands, battery, name) == meant, name
        assert hands.focus() is row
        _begin(hands, battery, name)
        hands.write(hands.focus(), "9")
        # The first Esc puts offers away where a list has some.
        while row.editor is not None:
            hands.press(Qt.Key.Key_Escape)
        hands.written()
        assert _held(hands, battery, name) == meant, name


def test_a_group_is_chosen_among_the_enterprises(hands: Hands, battery: UUID) -> None:
    row = _begin(hands, battery, "parent_id")
    hands.write(hands.focus(), "jcdj")
    assert row.editor is not None
    hands.until(lambda: row.editor.focusProxy().offers)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: row.value.text() == NAMES[1])
    assert row.editor is None


def test_a_word_the_list_does_not_have_is_asked_about_once(hands: Hands, battery: UUID) -> None:
    row = _begin(hands, battery, "cluster")
    hands.write(hands.focus(), "啊啊")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: row.editor is not None and row.editor.message.isVisible())
    hands.press(Qt.Key.Key_Return)
    assert row.editor is not None
    assert "“啊啊”不在列表中" in row.editor.message.text()
    assert _held(hands, battery, "cluster") == "先进材料"
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: row.editor is None)
    assert _held(hands, battery, "cluster") == "啊啊"


def test_initials_and_enter_in_one_go_take_what_fits(hands: Hands, battery: UUID) -> None:
    """Faster than the list is read: the letters are never kept for the word they stand for."""
    row = _begin(hands, battery, "ownership")
    hands.write(hands.focus(), "my")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: row.editor is None)
    assert _held(hands, battery, "ownership") == "民营"


def test_a_place_no_list_of_regions_knows_is_asked_about_once(hands: Hands, battery: UUID) -> None:
    row = _begin(hands, battery, "region")
    hands.write(hands.focus(), "新加坡")
    hands.press(Qt.Key.Key_Return)
    assert row.editor is not None
    assert "行政区划" in row.editor.message.text()
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: row.editor is None)
    assert _held(hands, battery, "region") == "新加坡"

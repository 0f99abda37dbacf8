"""Duplicates by hand: found over the whole book, laid side by side, merged, told apart, left for later, taken back."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from crm_app.domain.enterprises import NameKind
from crm_app.services import enterprises, recycle_bin
from crm_app.ui.duplicates.merging import MergeDialog
from crm_app.ui.duplicates.partner import PartnerDialog
from crm_app.ui.duplicates.view import DuplicatesView
from crm_app.ui.enterprises.page import EnterprisesPage
from tests.ui.duplicates.conftest import LONG, NAMES, SHORT
from tests.ui.enterprises.hands import Hands
from tests.ui.keyboard import CTRL
from tests.ui.kit import enter

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(hands: Hands) -> DuplicatesView:
    """Found by the shortcut, from anywhere."""
    hands.enterprises()
    hands.come_back()
    hands.press(Qt.Key.Key_D, CTRL | SHIFT)
    hands.until(lambda: isinstance(hands.window.page, EnterprisesPage))
    page = hands.window.page
    assert isinstance(page, EnterprisesPage)
    shown(hands, page.duplicates, "巨湾")
    return page.duplicates


def shown(hands: Hands, view: DuplicatesView, name: str) -> None:
    hands.until(lambda: any(name in one.text() for one in view.side.findChildren(QLabel)))


def titles(view: DuplicatesView) -> list[str]:
    return [view.list.item(row).text().split("\n")[0] for row in range(view.list.count())]


def merging(hands: Hands) -> MergeDialog:
    def open_ones() -> list[MergeDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, MergeDialog) and one.isVisible()]

    hands.until(lambda: open_ones() and open_ones()[0].button.isEnabled())
    return open_ones()[0]


def named(hands: Hands, name: str) -> UUID:
    return next(one.id for one in enterprises.all_enterprises(hands.book) if one.name == name)


def test_the_evidence_stands_side_by_side_and_keys_decide(hands: Hands, view: DuplicatesView) -> None:
    assert titles(view) == ["广州巨湾技研有限公司、巨湾技研", f"{LONG}、{SHORT}"]
    assert "除地区和组织形式外名称相同：广州巨湾技研有限公司 ｜ 巨湾技研" in [
        one.text() for one in view.side.findChildren(QLabel)
    ]
    view.list.setFocus()
    hands.press(Qt.Key.Key_L)
    shown(hands, view, LONG)
    assert titles(view)[1] == "广州巨湾技研有限公司、巨湾技研"
    hands.press(Qt.Key.Key_N)
    hands.until(lambda: len(titles(view)) == 1)
    shown(hands, view, "巨湾")
    hands.session.undo()
    hands.until(lambda: len(titles(view)) == 2)


def test_a_merge_is_previewed_changed_done_and_taken_back(hands: Hands, view: DuplicatesView) -> None:
    view.list.setFocus()
    hands.press(Qt.Key.Key_Down)
    shown(hands, view, LONG)
    hands.press(Qt.Key.Key_M)
    dialog = merging(hands)
    assert dialog.winner.currentText() == SHORT
    told = [one.text() for one in dialog.findChildren(QLabel)]
    assert "转到保留的企业名下：" not in "".join(told)
    assert dialog.fields.horizontalHeaderItem(0).text() == f"{SHORT}（保留）"
    # The other name by keyboard: the cursor stands on the first field's kept value.
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Space)
    hands.until(lambda: dialog._preview is not None and dialog._preview.names == ((SHORT, NameKind.ALIAS),))
    hands.until(dialog.button.isEnabled)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: len(titles(view)) == 1)
    hands.come_back()
    merged = enterprises.enterprise_page(hands.book, named(hands, LONG))
    assert merged.enterprise.address == "漳湾镇新港路2号"
    assert [one.name for one in merged.names] == [SHORT]
    view.list.setFocus()
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.until(lambda: len(titles(view)) == 2)
    assert len(enterprises.all_enterprises(hands.book)) == len(NAMES)


def test_the_other_direction_moves_what_stands_at_the_other(hands: Hands, view: DuplicatesView) -> None:
    view.list.setCurrentRow(1)
    shown(hands, view, LONG)
    hands.click(view._buttons[0])
    dialog = merging(hands)
    dialog.winner.setFocus()
    hands.press(Qt.Key.Key_Down)
    hands.until(lambda: dialog.fields.horizontalHeaderItem(0).text() == f"{LONG}（保留）")
    hands.until(lambda: any("线索 1" in one.text() for one in dialog.findChildren(QLabel)))
    hands.until(dialog.button.isEnabled)
    hands.click(dialog.button)
    hands.until(lambda: len(enterprises.all_enterprises(hands.book)) == len(NAMES) - 1)
    assert enterprises.enterprise_page(hands.book, named(hands, LONG)).leads
    hands.written()


def test_an_enterprise_is_merged_with_another_from_its_page(hands: Hands) -> None:
    page = hands.enterprises(named(hands, LONG))
    more = hands.named(page.view, "更多", QToolButton)
    next(one for one in more.menu().actions() if one.objectName() == "merge_with").trigger()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PartnerDialog) and one.isVisible())
    enter(dialog.other, "巨湾技研")
    hands.until(lambda: dialog.other.offers)
    hands.press(Qt.Key.Key_Return)
    merge = merging(hands)
    assert {merge.fields.horizontalHeaderItem(place).text() for place in (0, 1)} & {LONG, f"{LONG}（保留）"}
    merge.reject()


def test_a_book_without_duplicates_says_so(hands: Hands) -> None:
    for name in (SHORT, "巨湾技研"):
        recycle_bin.delete(hands.book, "enterprise", named(hands, name))
    hands.session.go("enterprises", view="duplicates")
    page = hands.window.page
    assert isinstance(page, EnterprisesPage)
    hands.until(lambda: "没有重复" in "".join(one.text() for one in page.duplicates.empty.findChildren(QLabel)))
    assert "3" in page.duplicates.state.text()

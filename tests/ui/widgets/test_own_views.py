"""The views of a list by keyboard: what its menu offers, and one's own saved, renamed, ordered and removed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from crm_app.domain.listed import SHIPPED
from crm_app.domain.views import Filter, Op, Query
from crm_app.services import views
from crm_app.services.book import Book
from crm_app.ui.session import Session
from crm_app.ui.widgets import view_menu
from crm_app.ui.widgets.data_list import DataList
from tests.ui.kit import enter
from tests.ui.widgets.listed import CTRL, book, filled, listed

__all__ = ["book", "filled", "listed"]


def test_a_view_is_saved_by_what_it_shows(listed: DataList, book: Book, qtbot: QtBot) -> None:
    query = Query("enterprises", (Filter("cluster", Op.ONE_OF, ("食品",)),), group="region")
    assert view_menu.described(query, {}) == "产业集群：食品；按注册地"
    listed.show_query(query)
    view_menu._save(listed._session, query, {})
    qtbot.waitUntil(lambda: any(one.id is not None for one in views.views_of(book, "enterprises")))
    qtbot.waitUntil(lambda: listed.model.complete)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_views_of_the_projects_stand_apart_under_their_heading(listed: DataList, book: Book, qtbot: QtBot) -> None:
    own = views.save_view(book, "我的", Query("enterprises", group="cluster")).value
    listed.setFocus()
    qtbot.keyClick(listed.table, Qt.Key.Key_V, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions()]
    heading = words.index("在“项目”中")
    assert not menu.actions()[heading].isEnabled()
    assert words.index("我的") < heading
    theirs = [one.title for one in SHIPPED if one.query.list == "projects"]
    assert words[heading + 1 : heading + 1 + len(theirs)] == theirs
    assert not set(theirs) & set(words[:heading])
    menu.close()
    views.remove_view(book, own)


def test_own_views_are_renamed_ordered_and_removed_by_keyboard(
    listed: DataList, session: Session, book: Book, qtbot: QtBot
) -> None:
    for kept in views.views_of(book, "enterprises"):
        if kept.id is not None:
            views.remove_view(book, kept.id)
    for name in ("甲", "乙"):
        views.save_view(book, name, listed.model.query)

    def own() -> list[str]:
        return [one.name for one in views.views_of(book, "enterprises") if one.id is not None]

    dialog = view_menu.open_own(session, listed, "enterprises")
    qtbot.waitUntil(lambda: dialog.list.count() == 2)
    dialog.list.setCurrentRow(0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: own() == ["乙", "甲"] and dialog.list.item(1).text() == "甲")
    assert dialog.list.currentRow() == 1
    for typed, told in (("乙", True), ("丙", False)):
        qtbot.keyClick(dialog.list, Qt.Key.Key_F2)
        editor = dialog.list.findChild(QLineEdit)
        assert isinstance(editor, QLineEdit)
        editor.selectAll()
        enter(editor, typed)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda told=told: dialog.told.isVisible() is told)  # type: ignore[misc]
    qtbot.waitUntil(lambda: own() == ["乙", "丙"])
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete, CTRL)
    qtbot.waitUntil(lambda: own() == ["乙"])
    session.undo()
    qtbot.waitUntil(lambda: own() == ["乙", "丙"])
    for left in (1, 0):
        qtbot.waitUntil(lambda left=left: dialog.list.count() == left + 1)  # type: ignore[misc]
        qtbot.keyClick(dialog.list, Qt.Key.Key_Delete, CTRL)
    # Without any it is said how one comes to one.
    qtbot.waitUntil(dialog.none.isVisible)
    assert not dialog.list.isVisible()
    session.undo()
    qtbot.waitUntil(dialog.list.isVisible)
    qtbot.waitUntil(lambda: not session.background.writing)
    dialog.close()

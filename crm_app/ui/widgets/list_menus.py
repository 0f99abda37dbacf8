"""The menus of a list: which columns it shows, and by what its rows are gathered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from crm_app.domain.lists import GROUPED, List
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.filter_row import StayingMenu


def menu_button(parent: QWidget, words: str, icon: str, run: Callable[[], object]) -> QToolButton:
    """Return a button that opens a menu below itself."""
    button = QToolButton(parent)
    button.setText(words)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    theme.put_icon(button, icon)
    button.clicked.connect(lambda _checked=False: run())
    return button


def below(button: QWidget) -> QPoint:
    """Return where on the screen a menu of a button opens."""
    return button.mapToGlobal(QPoint(0, button.height()))


def offer_columns(
    parent: QWidget,
    wanted: List,
    shown: Sequence[str],
    without_room: Sequence[str],
    choose: Callable[[str, bool], object],
    choose_all: Callable[[Sequence[str]], object],
    at: QPoint,
) -> None:
    """Let columns be ticked; ``choose_all`` hears an empty sequence where those shown at first are wanted again.

    Those ``without_room`` would be shown in a wider window.
    """
    menu = StayingMenu(parent)
    for column in wanted.columns:
        lacks = column.name in without_room
        action = menu.addAction(
            _("{column} (window too narrow)").format(column=column.title) if lacks else column.title
        )
        action.setCheckable(True)
        action.setChecked(column.name in shown)
        action.setEnabled(column is not wanted.columns[0])
        action.toggled.connect(partial(choose, column.name))
    menu.addSeparator()
    menu.addAction(_("As at first")).triggered.connect(lambda _checked=False: choose_all(()))
    menu.popup(at)


def offer_groups(parent: QWidget, wanted: List, group: str, choose: Callable[[str], object], at: QPoint) -> None:
    """Let the column be chosen by which rows are gathered; the one in use is ticked."""
    menu = QMenu(parent)
    columns = [(one.name, one.title) for one in wanted.columns if one.shape in GROUPED and one.sorts]
    for name, words in (("", _("No groups")), *columns):
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(name == group)
        action.triggered.connect(lambda _checked=False, name=name: choose(name))
    menu.popup(at)

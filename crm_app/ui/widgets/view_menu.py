"""The views of a list in a menu: those that come with it, one's own, and those of a list that belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from crm_app.domain import filter_words
from crm_app.domain.listed import LISTS, SHIPPED
from crm_app.domain.views import Query
from crm_app.i18n import _
from crm_app.services import views
from crm_app.services.views import View
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.own_views import OwnViews
from crm_app.ui.widgets.parts import label, literal

_LONGEST = 60
_WIDEST = 420
BESIDE = {"enterprises": ("projects", "projects", "table")}
"""Whose views are offered too, by the name of a list, with the place and the view of the place where it stands."""


def offer(
    session: Session,
    parent: QWidget,
    query: Query,
    shown: str,
    people: Mapping[str, str],
    show: Callable[[Query, str], object],
    below: QPoint,
) -> None:
    """Read the views of a list and offer them at a place of the screen.

    ``shown`` is the name or id of the one that is shown; ``people`` are names by id.
    """

    def popup(known: list[View]) -> None:
        menu = QMenu(parent)
        bare = not (query.filters or query.group)
        _tick(_add(menu, _("All rows"), lambda: show(Query(query.list), "")), bare)
        for come in SHIPPED:
            if come.query.list == query.list:
                _tick(_add(menu, come.title, partial(show, come.query, come.name)), come.name == shown)
        own = [one for one in known if one.id is not None]
        if own:
            menu.addSeparator()
        for one in own:
            _tick(_add(menu, one.name, partial(show, one.query, str(one.id))), str(one.id) == shown)
        _add_beside(menu, session, query.list)
        menu.addSeparator()
        save = _add(menu, _("Save this view"), lambda: _save(session, query, people))
        save.setEnabled(bool(query.filters or query.group))
        change = _add(menu, _("Rename, order or remove views…"), lambda: open_own(session, parent, query.list))
        change.setEnabled(bool(own))
        menu.popup(below)
        menu.setActiveAction(menu.actions()[0])

    session.read(lambda book: views.views_of(book, query.list), popup, owner=parent)


def _add(menu: QMenu, words: str, run: Callable[[], object]) -> QAction:
    shown = menu.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, theme.px(_WIDEST))
    action = menu.addAction(literal(shown))
    action.triggered.connect(lambda _checked=False: run())
    return action


def _add_heading(menu: QMenu, words: str) -> None:
    """Add words that stand above what they gather; the arrow keys pass over them."""
    heading = QWidgetAction(menu)
    words_shown = label(words, "muted", menu)
    words_shown.setContentsMargins(theme.M, theme.XS, theme.M, theme.XS)
    heading.setDefaultWidget(words_shown)
    heading.setText(words)
    heading.setEnabled(False)
    menu.addAction(heading)


def _tick(action: QAction, on: bool) -> None:
    action.setCheckable(True)
    action.setChecked(on)


def _add_beside(menu: QMenu, session: Session, name: str) -> None:
    """Offer the views of the list that belongs to this one; they are shown in its own place."""
    if name not in BESIDE:
        return
    other, place, view = BESIDE[name]
    menu.addSeparator()
    _add_heading(menu, _("In “{list}”").format(list=LISTS[other].title))
    for one in SHIPPED:
        if one.query.list == other:
            _add(menu, one.title, partial(session.go, place, None, f"{view}:{one.name}"))


def open_own(session: Session, parent: QWidget, list_name: str) -> OwnViews:
    """Open one's own views of a list, to be renamed, ordered or removed."""
    dialog = OwnViews(session, list_name, parent.window())
    dialog.open()
    dialog.list.setFocus()
    return dialog


def _save(session: Session, query: Query, people: Mapping[str, str]) -> None:
    """Keep what is shown, called by what it narrows to: nothing has to be typed."""
    name = described(query, people)[:_LONGEST]
    session.write(_("Save this view"), lambda book, _progress: views.save_view(book, name, query))


def described(query: Query, people: Mapping[str, str]) -> str:
    """Return in words what a query shows: the filters, and by what the rows are gathered."""
    wanted = LISTS[query.list]
    parts = [filter_words.said(wanted.column(one.column), one, people) for one in query.filters]
    if query.group:
        parts.append(_("by {column}").format(column=wanted.column(query.group).title))
    return _("; ").join(parts)

"""The views of a list in a menu: those that come with it, one's own, the one shown to be kept, one to be removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crm_app.domain import filter_words
from crm_app.domain.listed import LISTS
from crm_app.domain.views import Query
from crm_app.i18n import _
from crm_app.services import views
from crm_app.services.views import View
from crm_app.ui.session import Session

_LONGEST = 60


def offer(
    session: Session,
    parent: QWidget,
    query: Query,
    people: Mapping[str, str],
    show: Callable[[Query], object],
    below: QPoint,
) -> None:
    """Read the views of a list and offer them at a place of the screen; ``people`` are names by id."""

    def popup(known: list[View]) -> None:
        menu = QMenu(parent)
        _add(menu, _("All rows"), lambda: show(Query(query.list)))
        for one in known:
            _add(menu, one.name, partial(show, one.query))
        menu.addSeparator()
        save = _add(menu, _("Save this view"), lambda: _save(session, query, people))
        save.setEnabled(bool(query.filters or query.group))
        for one in known:
            if one.id is not None:
                words = _("Remove “{name}”").format(name=one.name)
                _add(menu, words, partial(_remove, session, one.id))
        menu.popup(below)
        menu.setActiveAction(menu.actions()[0])

    session.read(lambda book: views.views_of(book, query.list), popup, owner=parent)


def _add(menu: QMenu, words: str, run: Callable[[], object]) -> QAction:
    action = menu.addAction(words.replace("&", "&&"))
    action.triggered.connect(lambda _checked=False: run())
    return action


def _save(session: Session, query: Query, people: Mapping[str, str]) -> None:
    """Keep what is shown, called by what it narrows to: nothing has to be typed."""
    name = described(query, people)[:_LONGEST]
    session.write(_("Save this view"), lambda book, _progress: views.save_view(book, name, query))


def _remove(session: Session, view: UUID) -> None:
    session.write(_("Remove a view"), lambda book, _progress: views.remove_view(book, view))


def described(query: Query, people: Mapping[str, str]) -> str:
    """Return in words what a query shows: the filters, and by what the rows are gathered."""
    wanted = LISTS[query.list]
    parts = [filter_words.said(wanted.column(one.column), one, people) for one in query.filters]
    if query.group:
        parts.append(_("by {column}").format(column=wanted.column(query.group).title))
    return _("; ").join(parts)

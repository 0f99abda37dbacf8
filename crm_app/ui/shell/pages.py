"""The pages of the window: each is made when one first goes there, or beforehand; a cover hides them without a book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from crm_app.ui import theme
from crm_app.ui.page import Page
from crm_app.ui.places import KNOWN, Places
from crm_app.ui.session import Session
from crm_app.ui.widgets.turns import paint_next_turn

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes


_DRESSED = 60
"""Widgets at a step: that many take some hundredths of a second at most."""


class Pages:
    """What lies in the middle of the window; ``tell`` shows in the status line what the page on top counts."""

    def __init__(self, session: Session, places: Places, stack: QStackedWidget, tell: Callable[[str], object]) -> None:
        self._session, self._places, self._stack, self._tell = session, places, stack, tell
        self._made: dict[str, Page] = {}
        self._counts: dict[str, str] = {}
        self._undressed: set[str] = set()
        self._covers: list[QWidget] = []

    @property
    def top(self) -> Page | None:
        """The page on top; None while a cover is shown."""
        top = self._stack.currentWidget()
        return top if isinstance(top, Page) else None

    def _of(self, place: str) -> Page:
        """Return the page of a place, made where there is none yet."""
        if place not in self._made:
            page = self._places.page(place, self._session)
            page.count_changed.connect(partial(self._note_count, place))
            self._made[place] = page
        return self._made[place]

    def _hold(self, page: Page) -> None:
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)

    def ahead(self) -> Iterator[object]:
        """Make every page with its parts and dress it, a little at each step; for when nobody is at work."""
        for place in KNOWN:
            page = self._of(place)
            yield page
            self._hold(page)
            yield page
            yield from page.ahead()
            widgets = page.findChildren(QWidget)
            for first in range(0, len(widgets), _DRESSED):
                theme.dress(filter(shiboken6.isValid, widgets[first : first + _DRESSED]))
                yield page
            self._undressed.discard(place)

    def raise_page(self, place: str) -> Page:
        """Put the page of a place on top; it is painted in a turn of its own."""
        paint_next_turn(self._stack)
        page = self._of(place)
        self._hold(page)
        if place in self._undressed:
            self._undressed.remove(place)
            theme.dress([page, *page.findChildren(QWidget)])
        self._stack.setCurrentWidget(page)
        self._tell(self._counts.get(place, ""))
        return page

    def put_off(self) -> None:
        """Leave what is not on top as it is while the look changes; it is dressed when it is raised, or ahead."""
        for place, page in self._made.items():
            if page is not self.top:
                self._undressed.add(place)
                theme.put_off([page, *page.findChildren(QWidget)])

    def cover(self, cover: QWidget) -> None:
        """Show a widget in place of the pages."""
        if self._stack.indexOf(cover) < 0:
            self._stack.addWidget(cover)
            self._covers.append(cover)
        self._stack.setCurrentWidget(cover)

    def uncover(self) -> None:
        """Let go of every cover: a password may stand in one of them."""
        while self._covers:
            cover = self._covers.pop()
            self._stack.removeWidget(cover)
            cover.deleteLater()

    def drop(self) -> None:
        """Let go of every page: another book, language or size makes them anew."""
        for page in self._made.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        for kept in (self._made, self._counts, self._undressed):
            kept.clear()

    def end(self) -> None:
        """Let go of every page at once: what one has asked for and is answered in this turn would lead it to ask on."""
        pages = list(self._made.values())
        self.drop()
        for page in pages:
            QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)

    def refresh(self, changes: Changes) -> None:
        """Let every page read again what a change touched."""
        for page in self._made.values():
            page.refresh(changes)

    def _note_count(self, place: str, text: str) -> None:
        """Show what a page counts while it is on top, and again when the user comes back to it."""
        self._counts[place] = text
        if place in self._made and self.top is self._made[place]:
            self._tell(text)

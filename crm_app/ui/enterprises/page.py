"""The place: the lists, and the page of one enterprise or the view of duplicates in front of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QStackedLayout, QWidget

from crm_app.i18n import _
from crm_app.ui.duplicates.view import DuplicatesView
from crm_app.ui.enterprises.front import Front
from crm_app.ui.enterprises.record import EnterpriseView
from crm_app.ui.enterprises.walking import ListWalk
from crm_app.ui.page import Page
from crm_app.ui.places import DUPLICATES
from crm_app.ui.session import Location, Session

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes


class EnterprisesPage(Page):
    """Type to find, Enter to open; Alt+← comes back to the list where it was left."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.front = Front(session, self)
        self.list = self.front.list
        self.view = EnterpriseView(session, self)
        self.duplicates = DuplicatesView(session, self)
        self.view.step_wanted.connect(self._step)
        self._walk = ListWalk(self.list)
        self._begun: tuple[UUID, str] | None = None
        self.view.shown.connect(lambda _words: self._begin_wanted())
        self._stack = QStackedLayout()
        for part, told in (
            (self.front, self.front.told),
            (self.view, self.view.shown),
            (self.duplicates, self.duplicates.told),
        ):
            self._stack.addWidget(part)
            told.connect(lambda words, part=part: self._tell(part, words))
        self.setLayout(self._stack)

    def show_location(self, location: Location) -> None:
        """Show the enterprise a record belongs to; without one a list, that shown last, or the view of duplicates."""
        self._begun = None
        self._walk.forget()
        if location.view == DUPLICATES:
            self.view.forget()
            self._stack.setCurrentWidget(self.duplicates)
            self.duplicates.begin()
        elif location.record is None:
            self.view.forget()
            self._stack.setCurrentWidget(self.front)
            self.front.show_view(location.view)
        else:
            self._stack.setCurrentWidget(self.view)
            self.view.show_record(location.record)

    def paste(self) -> bool:
        """Attach a picture or files to the enterprise that is shown."""
        return self._stack.currentWidget() is self.view and self.view.attachments.paste_file()

    def focus_first(self) -> None:
        """Let typing filter a list at first, the arrow keys walk it afterwards; on a record, walk its timeline."""
        if self._stack.currentWidget() is self.view:
            self.view.focus_first()
        elif self._stack.currentWidget() is self.duplicates:
            self.duplicates.list.setFocus()
        else:
            self.front.focus_first()

    def refresh(self, changes: Changes) -> None:
        """Read lists and record again where they may have changed."""
        self.front.refresh(changes)
        self.view.refresh(changes)
        self.duplicates.refresh(changes)

    def begin_fact(self, enterprise: UUID, name: str) -> None:
        """Change one fact of an enterprise, as soon as it is shown."""
        self._begun = enterprise, name
        self._begin_wanted()

    def _begin_wanted(self) -> None:
        if self._begun is not None and self.view.enterprise == self._begun[0]:
            name, self._begun = self._begun[1], None
            self.view.begin_fact(name)

    def _step(self, by: int) -> None:
        """Show the enterprise so many rows on in the list; at either end say so."""
        here = self.view.enterprise
        if here is not None:
            self._walk.step(
                here,
                by,
                lambda found: self.session.go("enterprises", found),
                lambda: self.session.say(_("The list ends here.")),
            )

    def _tell(self, part: QWidget, words: str) -> None:
        if self._stack.currentWidget() is part:
            self.count_changed.emit(words)

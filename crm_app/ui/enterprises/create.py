"""A new enterprise: only the name is asked for, and likely duplicates show while it is typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from crm_app.domain.enterprises import Enterprise
from crm_app.i18n import _
from crm_app.services import duplicates, enterprises
from crm_app.services.book import Book
from crm_app.services.duplicates import Found
from crm_app.services.enterprises import Match
from crm_app.services.outcome import Outcome
from crm_app.ui import actions, theme
from crm_app.ui.duplicates import words as told
from crm_app.ui.session import Session
from crm_app.ui.widgets.fitting import highest
from crm_app.ui.widgets.form_dialog import FormDialog, opened

_ASKED = ("name", "uscc", "region", "cluster", "ownership", "category", "products")
_PAUSE_MS = 150
_MOST_SHOWN = 3
_ROOM_FOR_DUPLICATES = 44


class NewEnterprise(FormDialog):
    """The form; after saving it goes to the enterprise's page."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        fields = [Enterprise.field(name) for name in _ASKED]
        super().__init__(session, parent, _("New enterprise"), fields, _create, draft="enterprise:new", columns=2)
        self._latest = session.latest()
        self._duplicate: UUID | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look_for_duplicates)
        self.form.edited.connect(self._pause.start)
        self.saved.connect(lambda made: session.go("enterprises", made))
        actions.make("show_duplicate", self, self._show_duplicate)
        self.resize(self.width(), min(highest(self), self.height() + theme.px(_ROOM_FOR_DUPLICATES)))
        self._look_for_duplicates()

    def _look_for_duplicates(self) -> None:
        book = self._session.book
        name, code = (self.form.editors[one].typed().strip() for one in ("name", "uscc"))
        self._latest.read(
            lambda: (duplicates.suggest(book, name, uscc=code), enterprises.suggest(book, name)),
            lambda found: self._warn(*found),
            owner=self,
        )

    def _warn(self, likely: list[Found], similar: list[Match]) -> None:
        """Name those that may be the same with the reason, else merely those a search finds."""
        if likely:
            self._duplicate = likely[0].id
            words = _("Possible duplicate: {names}. F3 shows it.")
            self.say(words.format(names=told.known(likely)), "error")
            return
        self._duplicate = similar[0].enterprise.id if similar else None
        if self._duplicate is None:
            self.say("")
            return
        listed = _(", ").join(
            _("{name} ({region})").format(name=one.name, region=one.region or _("region unknown"))
            for one in (match.enterprise for match in similar[:_MOST_SHOWN])
        )
        self.say(_("Similar names: {names}. F3 shows it.").format(names=listed), "muted")

    def _show_duplicate(self) -> None:
        if self._duplicate is not None:
            self.reject()
            self._session.go("enterprises", self._duplicate)


def _create(book: Book, values: dict[str, Any]) -> Outcome[UUID]:
    return enterprises.create_enterprise(book, **values)


def open_new(session: Session, parent: QWidget) -> FormDialog:
    """Open the form."""
    return opened(NewEnterprise(session, parent))

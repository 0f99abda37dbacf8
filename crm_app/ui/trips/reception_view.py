"""One reception (接待), read: every field that holds something."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.domain.enterprises import Enterprise
from crm_app.domain.staff import Person
from crm_app.domain.visits import Reception
from crm_app.errors import NotFound
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services.book import Book
from crm_app.ui import theme
from crm_app.ui.records.menu import RecordMenu, Target
from crm_app.ui.session import Session
from crm_app.ui.visits.labelled import column, heading

_WIDTH = 640
_Read = tuple[Reception, Enterprise | None, Person | None]


class ReceptionView(QWidget):
    """A page of the place of trips; ``failed`` carries the sentence where there is nothing to show."""

    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._reception: UUID | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.M)
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.addWidget(self._title)
        self._menu = RecordMenu(session, self, self._target, self._leave)
        head.addWidget(self._menu)
        head.addStretch(1)
        layout.addLayout(head)
        self._card = QFrame(self)
        self._card.setProperty("role", "card")
        self._card.setFixedWidth(theme.px(_WIDTH))
        self._held = QVBoxLayout(self._card)
        self._held.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.addWidget(self._card)
        layout.addStretch(1)

    def _target(self) -> Target | None:
        return Target("reception", self._reception, self._title.text()) if self._reception else None

    def _leave(self) -> None:
        self._reception = None
        self._session.go("trips")

    def open(self, reception_id: UUID) -> None:
        """Show a reception."""
        self._reception = reception_id
        self.reload()

    def focus_first(self) -> None:
        """Let the record's shortcuts be heard."""
        self._menu.setFocus()

    def reload(self) -> None:
        """Read the reception again, where one is shown."""
        wanted, book = self._reception, self._session.book
        if wanted is not None:
            self._latest.read(lambda: _read(book, wanted), self._show, self.failed.emit, owner=self)

    def _show(self, read: _Read) -> None:
        reception, enterprise, host = read
        self._title.setText(reception.guests)
        body = QWidget(self._card)
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.S)
        named = {"host_id": host.name if host else "", "enterprise_id": ""}
        for field in Reception.fields:
            shown = named.get(field.name, reception.shown(field.name) if field.name not in named else "")
            if shown:
                pair = column(2)
                pair.addWidget(heading(field.title, "muted"))
                value = heading(shown, "")
                value.setTextFormat(Qt.TextFormat.PlainText)
                pair.addWidget(value)
                inside.addLayout(pair)
        if enterprise is not None:
            link = QPushButton(enterprise.name, body)
            link.setProperty("role", "link")
            link.clicked.connect(lambda _checked=False: self._session.go("enterprises", enterprise.id))
            inside.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        while (item := self._held.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        self._held.addWidget(body)


def _read(book: Book, reception_id: UUID) -> _Read:
    reception = books.find_record(book, str(reception_id))
    if not isinstance(reception, Reception):
        raise NotFound(_("There is no record with the id {id}.").format(id=reception_id))
    enterprise = books.find_record(book, str(reception.enterprise_id)) if reception.enterprise_id else None
    host = books.find_record(book, str(reception.host_id)) if reception.host_id else None
    return (
        reception,
        enterprise if isinstance(enterprise, Enterprise) else None,
        host if isinstance(host, Person) else None,
    )

"""One's own views of a list: renamed where they stand, ordered, removed; each step comes back by Ctrl+Z."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import views
from crm_app.services.outcome import Changes
from crm_app.services.views import View
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.parts import trouble

_WIDTH, _HEIGHT = 500, 320


class OwnViews(QDialog):
    """F2 renames, Alt+↑ and Alt+↓ move, Ctrl+Delete removes the view under the cursor."""

    def __init__(self, session: Session, list_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Own views"))
        self.resize(theme.size(_WIDTH, _HEIGHT))
        self._session, self._list_name = session, list_name
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Own views"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.list.itemChanged.connect(self._rename)
        self.told = trouble(self)
        self.none = EmptyState(
            _("You have no view of your own"),
            _("Narrow or group the list, then choose “Save this view” in the menu of its views."),
            icon="filter",
            parent=self,
        )
        self._shown = QStackedLayout()
        self._shown.addWidget(self.none)
        self._shown.addWidget(self.list)
        self._shown.setCurrentWidget(self.list)
        self._changing: list[QPushButton] = []
        self._lay_out()
        actions.make("undo", self, session.undo)
        session.changed.connect(self._heard)
        self._read()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for name, words, run in (
            ("edit", _("Rename"), self.edit),
            ("move_up", "", lambda: self.move_by(-1)),
            ("move_down", "", lambda: self.move_by(1)),
            ("delete", _("Remove"), self.remove),
        ):
            action = actions.make(name, self.list, run)
            spec = actions.spec(name)
            button = QPushButton(words or spec.title, self)
            button.setAutoDefault(False)
            button.setToolTip(f"{words or spec.title}  {spec.shown_keys}")
            button.clicked.connect(action.trigger)
            self._changing.append(button)
            row.addWidget(button)
        row.addStretch(1)
        close = QPushButton(_("Close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(lambda _checked=False: self.accept())
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.S)
        layout.addLayout(self._shown, 1)
        layout.addWidget(self.told)
        layout.addLayout(row)

    def _heard(self, changes: Changes) -> None:
        if changes.touches("saved_view"):
            self._read()

    def _read(self) -> None:
        self._session.read(lambda book: views.views_of(book, self._list_name), self._show, owner=self)

    def _show(self, known: list[View]) -> None:
        here = self.current()
        self.told.hide()
        with QSignalBlocker(self.list):
            self.list.clear()
            for one in known:
                if one.id is not None:
                    item = QListWidgetItem(one.name, self.list)
                    item.setData(Qt.ItemDataRole.UserRole, one.id)
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.setCurrentRow(max(0, next((n for n, one in enumerate(self._ids()) if one == here), 0)))
        filled = self.list.count() > 0
        self._shown.setCurrentWidget(self.list if filled else self.none)
        for button in self._changing:
            button.setEnabled(filled)

    def _ids(self) -> list[UUID]:
        return [self.list.item(number).data(Qt.ItemDataRole.UserRole) for number in range(self.list.count())]

    def current(self) -> UUID | None:
        """Return the view under the cursor."""
        item = self.list.currentItem()
        return cast("UUID", item.data(Qt.ItemDataRole.UserRole)) if item is not None else None

    def edit(self) -> None:
        """Let the name be typed."""
        item = self.list.currentItem()
        if item is not None:
            self.list.editItem(item)

    def _rename(self, item: QListWidgetItem) -> None:
        """Keep the name that was typed; one that cannot be stays as typed, to be put right."""
        view, name = item.data(Qt.ItemDataRole.UserRole), item.text()
        self._session.write(
            _("Rename a view"),
            lambda book, _progress: views.rename_view(book, view, name),
            lambda _done: self._read(),
            self._refuse,
            owner=self,
        )

    def _refuse(self, error: CrmError) -> None:
        self.told.setText(str(error))
        self.told.show()

    def move_by(self, by: int) -> None:
        """Put the view under the cursor before or behind the next one."""
        at, ids = self.list.currentRow(), self._ids()
        if not ids or not 0 <= at + by < len(ids):
            return
        ids[at], ids[at + by] = ids[at + by], ids[at]
        self._session.write(_("Order the views"), lambda book, _progress: views.order_views(book, ids))

    def remove(self) -> None:
        """Take the view under the cursor away."""
        view = self.current()
        if view is not None:
            self._session.write(_("Remove a view"), lambda book, _progress: views.remove_view(book, view))

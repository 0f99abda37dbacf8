"""One field of the chosen rows set to one value: what that changes is said before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.domain.fields import Field
from crm_app.domain.lists import List
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import bulk_edit
from crm_app.services.bulk_edit import Preview
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.editors import Editor
from crm_app.ui.widgets.parts import label
from crm_app.ui.widgets.pickers import Sources, make_editor

_WIDTH, _ASKED = 680, 320
_PAUSE_MS = 200
_NAMED = 3
_MOST_LINES = 7
"""What changes, from which values on two lines, how many have it, and why others stay as they are."""


class EditRows(QDialog):
    """Choose the field, give the value, read what changes; Ctrl+Enter sets it, one Ctrl+Z takes it back."""

    def __init__(self, session: Session, wanted: List, ids: Sequence[UUID], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._wanted, self._ids = session, wanted, list(ids)
        self._latest = session.latest()
        self._fields = bulk_edit.fields_of(wanted)
        words = ngettext("Change the chosen row", "Change {n} chosen rows", len(ids))
        self.setWindowTitle(words.format(n=len(ids)))
        self.setFixedWidth(theme.px(_WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.S)
        self.field = QComboBox(self)
        self.field.setAccessibleName(_("Field"))
        for one in self._fields:
            self.field.addItem(one.title)
        self.field.currentIndexChanged.connect(lambda _number: self._show_editor())
        self._place = QVBoxLayout()
        self._place.setSpacing(theme.XS)
        self._place.addWidget(label(_("Field"), "muted", self))
        self._place.addWidget(self.field)
        self._place.addWidget(label(_("New value"), "muted", self))
        self.editor: Editor | None = None
        self.told = QLabel(self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(_MOST_LINES * self.told.fontMetrics().lineSpacing())
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Beside the value, not under it: what fits the value is offered there.
        across = QHBoxLayout()
        across.setSpacing(theme.L)
        asked = QWidget(self)
        asked.setFixedWidth(theme.px(_ASKED))
        held = QVBoxLayout(asked)
        held.setContentsMargins(0, 0, 0, 0)
        held.addLayout(self._place)
        held.addStretch(1)
        across.addWidget(asked)
        across.addWidget(self.told, 1)
        layout.addLayout(across)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton(_("Cancel"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(lambda _checked=False: self.reject())
        self.set_button = QPushButton(_("Change them"), self)
        self.set_button.setProperty("role", "primary")
        self.set_button.setAutoDefault(False)
        self.set_button.clicked.connect(lambda _checked=False: self._set())
        row.addWidget(cancel)
        row.addWidget(self.set_button)
        layout.addLayout(row)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._look)
        actions.make("save", self, self._set)
        self._show_editor()

    @property
    def chosen(self) -> Field:
        """The field that will be set."""
        return self._fields[self.field.currentIndex()]

    def _show_editor(self) -> None:
        if self.editor is not None:
            self._place.removeWidget(self.editor)
            self.editor.deleteLater()
        self.editor = make_editor(self.chosen, Sources(self._session), self)
        self.editor.edited.connect(self._wait)
        self._place.addWidget(self.editor)
        QWidget.setTabOrder(self.field, self.editor)
        # An empty field nobody touched must not empty the rows.
        self._latest.drop()
        self._soon.stop()
        self._count(0)
        self.told.setText(_("Give the value; what it changes is said here before it is set."))

    def _wait(self) -> None:
        """Set nothing that was not looked at."""
        self._count(0)
        self._soon.start()

    def _value(self) -> Any:
        assert self.editor is not None
        return self.editor.value()

    def _look(self) -> None:
        """Say what the value would change."""
        try:
            value = self._value()
        except BadInput as error:
            self._refuse(error)
            return
        book, name, ids, field = self._session.book, self._wanted.name, self._ids, self.chosen.name
        self._latest.read(
            lambda: bulk_edit.preview(book, name, ids, field, value), self._tell, self._refuse, owner=self
        )

    def _refuse(self, error: CrmError) -> None:
        self.told.setText(str(error))
        self._count(0)

    def _count(self, changing: int) -> None:
        """Let the button say how many rows it changes; none: there is nothing to do."""
        words = ngettext("Change {n} row", "Change {n} rows", changing).format(n=changing)
        self.set_button.setText(words if changing else _("Change them"))
        self.set_button.setEnabled(bool(changing))

    def _tell(self, seen: Preview) -> None:
        lines = [
            ngettext("{n} row becomes “{value}”.", "{n} rows become “{value}”.", len(seen.changing)).format(
                n=len(seen.changing), value=seen.shown
            )
        ]
        if seen.before:
            now = [_("{value} ({n})").format(value=value, n=n) for value, n in seen.before[:_NAMED]]
            more = len(seen.before) - _NAMED
            if more > 0:
                now.append(ngettext("{n} other value", "{n} other values", more).format(n=more))
            lines.append(_("Now: {values}").format(values=_(", ").join(now)))
        if seen.same:
            words = ngettext("{n} has it already.", "{n} have it already.", seen.same)
            lines.append(words.format(n=seen.same))
        if seen.refused:
            n = len(seen.refused)
            words = ngettext("{n} stays as it is: {why}", "{n} stay as they are: {why}", n)
            lines.append(words.format(n=n, why=seen.refused[0].why))
        self.told.setText("\n".join(lines))
        self._count(len(seen.changing))

    def _set(self) -> None:
        if not self.set_button.isEnabled():
            return
        try:
            value = self._value()
        except BadInput as error:
            self._refuse(error)
            return
        words = self.set_button.text()
        self._count(0)
        name, ids, field = self._wanted.name, self._ids, self.chosen.name
        self._session.write(
            words,
            lambda book, progress: bulk_edit.apply(book, name, ids, field, value, progress.report),
            lambda _done: self.accept(),
            self._refuse,
            owner=self,
        )

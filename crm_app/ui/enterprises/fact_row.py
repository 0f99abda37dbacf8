"""One fact of an enterprise, read as a line and changed in place.

F2 or a double click begins, Enter takes, Esc gives up, Tab takes and goes on to the next; leaving the field takes what
can be taken and keeps the rest as a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QWidget

from crm_app.domain.fields import Field, When
from crm_app.domain.kinds import Text
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import enterprises
from crm_app.services.enterprises import ChangedMeanwhile
from crm_app.ui import theme
from crm_app.ui.drafts import Autosave
from crm_app.ui.session import Session
from crm_app.ui.widgets.editors import Editor
from crm_app.ui.widgets.lines import plain
from crm_app.ui.widgets.pickers import ChoiceEditor, RecordEditor, Sources, make_editor
from crm_app.ui.widgets.suggest import SuggestField
from crm_app.ui.widgets.text_field import TextArea, TextField

_LABEL_WIDTH = 104
_BESIDE, _BELOW = (0, 1, 1, 1), (1, 0, 1, 2)
"""Where a value stands: row, column, and how many of them it takes."""
_MOST_BESIDE = 320
"""How wide written out in one line is what stands beside its label: longer texts have the whole width below it."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FactRow(QFrame):
    """A label and its value, or the editor of the field's kind in the value's place."""

    walked = Signal(int)
    """An arrow key was pressed: the focus goes so many rows on."""
    went_on = Signal(int)
    """Tab was pressed in the editor: so many rows on is changed next."""

    def __init__(self, session: Session, sources: Sources, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._sources, self.field = session, sources, field
        self._enterprise: UUID | None = None
        self._value: Any = None
        self._title = ""
        self._before: Any = None
        self._initial = self._doubted = ""
        self._writing = False
        self._autosave: Autosave | None = None
        self.editor: Editor | None = None
        self.setProperty("role", "fact")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(field.title)
        self.setToolTip(_("Double click or F2 to change it"))
        self.is_long = is_long(field)
        self.is_below = False
        label = plain(field.title, "muted")
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.value = plain("")
        self.value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.right = QHBoxLayout()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.XS, 1, theme.XS, 1)
        self._grid.setHorizontalSpacing(theme.S)
        self._grid.setVerticalSpacing(0)
        label.setFixedWidth(theme.px(_LABEL_WIDTH))
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.value, *_BESIDE)
        self._grid.addLayout(self.right, 0, 2, Qt.AlignmentFlag.AlignTop)

    def set_apart(self, apart: bool) -> None:
        """Leave some room above."""
        self._grid.setContentsMargins(theme.XS, theme.S if apart else 1, theme.XS, 1)

    @property
    def editors(self) -> dict[str, Editor]:
        """The editor by the field's name, while it is changed."""
        return {self.field.name: self.editor} if self.editor is not None else {}

    @property
    def shows_something(self) -> bool:
        """Whether a value is known."""
        return bool(self.value.text())

    def put(self, enterprise: UUID, value: Any, shown: str) -> None:
        """Show what the book holds; what is being typed stays, and is told of a value that came from elsewhere."""
        if enterprise != self._enterprise:
            self.close_editor(keep=True)
        self._enterprise, self._value, self._title = enterprise, value, shown
        self.value.setText(shown)
        self.setAccessibleDescription(shown)
        wide = self.value.fontMetrics().horizontalAdvance(shown) > theme.px(_MOST_BESIDE)
        self.is_below = self.is_long and (wide or "\n" in shown)
        self._grid.addWidget(self.value, *(_BELOW if self.is_below else _BESIDE))
        if self.editor is not None and not self._writing and value != self._before:
            self._before = value
            words = _("Changed elsewhere meanwhile: it is “{value}” now. Enter replaces that, Esc keeps it.")
            self.editor.complain(words.format(value=shown or _("(empty)")))

    def begin(self) -> None:
        """Put the editor in the value's place; what was typed before and not taken stands in it again."""
        if self._enterprise is None:
            return
        if self.editor is None:
            self._open(self._enterprise)
        assert self.editor is not None
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, enterprise: UUID) -> None:
        editor = make_editor(self.field, self._sources, self)
        self._before = self._value
        if isinstance(editor, RecordEditor):
            editor.set_record(self._value, self._title)
        else:
            editor.set_value(self._value)
        self._initial, self._doubted = editor.typed(), ""
        self.editor = editor
        self._autosave = self._session.autosave(self, f"fact:{enterprise}:{self.field.name}", self._typed)
        self._autosave.restore_beside(self._session.background, lambda kept: self._restore(editor, kept))
        editor.edited.connect(self._autosave.touch)
        control = editor.focusProxy()
        assert control is not None, "an editor hands its focus on"
        control.installEventFilter(self)
        if isinstance(control, (TextField, TextArea)):
            control.selectAll()
            control.left.connect(self._leave)
        if isinstance(editor, (ChoiceEditor, RecordEditor)):
            # What is chosen is meant: it needs no Enter of its own.
            editor.line.chosen.connect(lambda _taken: self.take())
        if isinstance(control, TextArea):
            control.setToolTip(_("Enter saves, Shift+Enter begins a new line"))
        self.value.hide()
        self._grid.addWidget(editor, *(_BELOW if self.is_long else _BESIDE))
        editor.show()

    def _restore(self, editor: Editor, kept: Mapping[str, str]) -> None:
        """Let what was typed before and not taken stand in the editor again, unless somebody types already."""
        control = editor.focusProxy()
        if self.editor is editor and self.field.name in kept and editor.typed() == self._initial:
            editor.set_typed(kept[self.field.name])
            if isinstance(control, (TextField, TextArea)):
                control.selectAll()

    def _typed(self) -> dict[str, str]:
        text = self.editor.typed() if self.editor is not None else ""
        return {self.field.name: text} if text != self._initial else {}

    def take(self) -> bool:
        """Write what is typed; say what is wrong beside it where it cannot be read. Say whether it was understood."""
        editor = self.editor
        if editor is None or self._writing:
            return True
        if not editor.check() or self._doubts(editor):
            return False
        value = editor.value()
        value = None if value == "" else value
        if value is None and self.field.required is When.CREATE:
            editor.complain(_("Please fill in “{field}”.").format(field=self.field.title))
            return False
        if value == self._before:
            self.close_editor()
            return True
        assert self._enterprise is not None
        assert self._autosave is not None
        enterprise, name, before = self._enterprise, self.field.name, self._before
        typed, key = editor.typed(), self._autosave.key
        self._writing = True
        self._session.write(
            _("Change: {field}").format(field=self.field.title),
            lambda book, _progress: enterprises.change_fact(book, enterprise, name, value, before=before),
            lambda _nothing: self._done(editor, key, typed, value),
            lambda error: self._refuse(editor, error),
            owner=self,
        )
        return True

    def _doubts(self, editor: Editor) -> bool:
        """Say once that what is typed is probably a slip: there is no form to leave before it is in the book."""
        doubt = editor.doubt()
        if not doubt or self._doubted == editor.typed():
            return False
        self._doubted = editor.typed()
        editor.complain(_("{doubt} Enter once more keeps it, Esc gives it up.").format(doubt=doubt))
        return True

    def _done(self, editor: Editor, key: str, typed: str, value: Any) -> None:
        """Show the value again; what was typed while it waited to be written stays, and so does another's editor."""
        if self.editor is not editor:
            self._session.drafts.drop(key)
            return
        self._writing = False
        if editor.typed() == typed:
            self.close_editor()
        else:
            self._before, self._initial = value, typed
            self._leave()

    def _refuse(self, editor: Editor, error: CrmError) -> None:
        if self.editor is not editor:
            # The row shows another enterprise by now; what was typed waits as a draft.
            self._session.trouble.emit(str(error))
            return
        self._writing = False
        if isinstance(error, ChangedMeanwhile):
            self._before = error.held
        editor.complain(str(error))

    def _leave(self) -> None:
        """Take what is typed once the focus is in none of the row's controls: the units of an amount are beside it."""
        here = QApplication.focusWidget()
        if self.editor is not None and not (here is not None and self.editor.isAncestorOf(here)) and not self.take():
            self._keep()

    def _keep(self) -> None:
        if self._autosave is not None:
            self._autosave.now()

    def close_editor(self, *, keep: bool = False) -> None:
        """Show the value again; ``keep`` leaves what was typed as a draft."""
        editor, autosave = self.editor, self._autosave
        if editor is None or autosave is None:
            return
        had_focus = editor.isAncestorOf(QApplication.focusWidget() or self)
        if not keep:
            autosave.discard()
        autosave.end()
        self.editor = self._autosave = None
        self._writing = False
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._grid.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        self.value.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take with Enter, give up with Esc, go on with Tab; an input method and offers have their keys first."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.editor is not None:
            return not _busy(watched, event.key()) and self._key(event, isinstance(watched, TextArea))
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent, several_lines: bool) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and not (several_lines and held == Qt.KeyboardModifier.ShiftModifier):
            self.take()
        elif key == Qt.Key.Key_Escape:
            self.close_editor()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if self.take():
                self.went_on.emit(1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, begin with Enter, copy the value."""
        if self.editor is not None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in _ENTER:
            self.begin()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.value.text())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Begin."""
        self.begin()


def is_long(field: Field) -> bool:
    """Say whether a field holds several lines: what is much stands below its label."""
    return isinstance(field.kind, Text) and field.kind.lines > 1


def _busy(control: QObject, key: int) -> bool:
    """Say whether a key belongs to an input method that composes, or to the offers that are shown or still to come."""
    if isinstance(control, SuggestField) and (control.offers or (key in _ENTER and control.awaits_choice)):
        return True
    if isinstance(control, TextArea):
        return bool(control.textCursor().block().layout().preeditAreaText())
    return isinstance(control, TextField) and control.composing

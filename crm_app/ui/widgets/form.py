"""A form built from declared fields: labels, required marks, an editor by kind, what is wrong under each field.

No sideways scrolling: fields shrink with the window, long forms scroll down. Enter goes on to the next field; only
Ctrl+Enter saves, so that a half-typed form is never stored by accident.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from crm_app.domain.fields import Field, When
from crm_app.domain.kinds import Day, Flag, Text
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.ui import actions, theme
from crm_app.ui.drafts import Autosave
from crm_app.ui.session import Session
from crm_app.ui.widgets.editors import Editor
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.pickers import RecordEditor, Sources, make_editor
from crm_app.ui.widgets.suggest import SuggestField
from crm_app.ui.widgets.text_field import TextField


class Form(QWidget):
    """Fields in one or two columns, under headings by their group.

    ``required`` are the moments at which an empty field is refused; by default only what creating a record needs.
    """

    edited = Signal()
    submitted = Signal()
    """Ctrl+Enter was pressed: read ``values`` and save."""
    outgrew = Signal(int)
    """What is said under a field takes so many pixels more than there is room for; else it scrolls."""

    def __init__(
        self,
        session: Session,
        fields: Sequence[Field],
        parent: QWidget | None = None,
        *,
        columns: int = 1,
        required: Iterable[When] = (When.CREATE,),
        headings: bool = False,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._required = frozenset(required)
        self.editors: dict[str, Editor] = {}
        self._autosave: Autosave | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.L)
        self._grid.setVerticalSpacing(theme.S)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._fill(fields, columns, headings, Sources(session))
        self._scroll_in()
        actions.make("save", self, self.submitted.emit)

    def _scroll_in(self) -> None:
        inside = QWidget(self)
        inside.setProperty("role", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 2, 0, 2)
        column.addLayout(self._grid)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        # In line with what stands above and below; only a scroll bar is kept apart.
        area.verticalScrollBar().rangeChanged.connect(
            lambda _low, high: column.setContentsMargins(0, 2, theme.S if high else 0, 2)
        )
        inside.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self._area = area

    def _fill(self, fields: Sequence[Field], columns: int, headings: bool, sources: Sources) -> None:
        row = column = 0
        group = ""
        queue = [*(_by_group(fields) if headings else fields)]
        while queue:
            field = queue.pop(_next_place(queue, 0 < column == columns - 1))
            if headings and field.group != group:
                group, column = field.group, 0
                self._grid.addWidget(self._heading(_(group)), row + 1, 0, 1, columns)
                row += 2
            editor = make_editor(field, sources, self)
            # The last text, such as a reason or a note, has the room that nothing stands beside it.
            alone = field is fields[-1] and column == 0
            wide = isinstance(field.kind, Text) and (field.kind.lines > 1 or alone)
            if column and (wide or (column == columns - 1 and _are_days([field, *queue]))):
                row, column = row + 1, 0
            cell = self._cell(field, editor)
            self._grid.addWidget(cell, row, column, 1, columns if wide else 1, Qt.AlignmentFlag.AlignTop)
            column = 0 if wide else (column + 1) % columns
            row += 1 if column == 0 else 0
            self.editors[field.name] = editor
            editor.edited.connect(self._touched)
            self._watch_enter(editor)

    def _cell(self, field: Field, editor: Editor) -> QWidget:
        cell = QWidget(self)
        cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        label = Elided(self._label(field), "muted", cell)
        label.setBuddy(editor)
        # A tick carries its own words; the empty label keeps its row in line with its neighbour's.
        if isinstance(field.kind, Flag):
            label.setText(" ")
        layout.addWidget(label)
        layout.addWidget(editor)
        return cell

    def _label(self, field: Field) -> str:
        unit = _(" ({unit})").format(unit=field.unit_title) if field.unit else ""
        return f"{field.title}{unit}{' *' if field.required in self._required else ''}"

    def _heading(self, words: str) -> QLabel:
        heading = QLabel(words, self)
        heading.setProperty("role", "heading")
        heading.setContentsMargins(0, theme.M, 0, 0)
        return heading

    def _watch_enter(self, editor: Editor) -> None:
        control = editor.focusProxy()
        if isinstance(control, TextField):
            control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter go on to the next field, except while a word is composed or an offer is taken or awaited."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._area.widget():
            # Its own room follows with the same turn of the loop.
            QTimer.singleShot(0, self, self._tell_lack)
        if (
            isinstance(watched, TextField)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            and not watched.composing
            and not (isinstance(watched, SuggestField) and (watched.offers or watched.awaits_choice))
        ):
            self.focusNextChild()
            return True
        return super().eventFilter(watched, event)

    def _tell_lack(self) -> None:
        inside, room = self._grid.parentWidget(), self._area.viewport().size()
        layout = inside.layout() if inside is not None else None
        assert layout is not None, "a form scrolls"
        lack = layout.totalHeightForWidth(room.width()) - room.height()
        if lack > 0 and self.isVisible():
            self.outgrew.emit(lack)

    def _touched(self) -> None:
        if self._autosave is not None:
            self._autosave.touch()
        self.edited.emit()

    def values(self) -> dict[str, Any]:
        """Return every field's value; raise BadInput for the first that is wrong or missing, after marking all."""
        read: dict[str, Any] = {}
        first: BadInput | None = None
        for name, editor in self.editors.items():
            editor.check()
            try:
                read[name] = editor.value()
                if read[name] in (None, "", ()) and editor.field.required in self._required:
                    words = _("Please fill in “{field}”.").format(field=editor.field.title)
                    editor.complain(words)
                    raise BadInput(words, field=name)
            except BadInput as error:
                first = first or BadInput(str(error), field=name)
        if first is not None:
            self.show_error(first)
            raise first
        return read

    def changed_values(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return only what differs from ``before``; raise BadInput as ``values`` does."""
        return {name: value for name, value in self.values().items() if value != before.get(name)}

    def set_values(self, values: Mapping[str, Any], titles: Mapping[str, str] | None = None) -> None:
        """Show values; ``titles`` are the names of records referred to, by field."""
        for name, editor in self.editors.items():
            value = values.get(name)
            if isinstance(editor, RecordEditor) and isinstance(value, UUID):
                editor.set_record(value, (titles or {}).get(name, _("(chosen)")))
            else:
                editor.set_value(value)

    def typed(self) -> dict[str, str]:
        """Return every field's text as it stands, for a draft."""
        return {name: editor.typed() for name, editor in self.editors.items()}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put a draft back; fields it does not name stay as they are."""
        for name, text in typed.items():
            if name in self.editors:
                self.editors[name].set_typed(text)

    def keep_draft(self, key: str) -> Autosave:
        """Keep what is typed under ``key`` from now on, and put back what was kept before."""
        self._autosave = self._session.autosave(self, key, self.typed)
        self.set_typed(self._autosave.restore())
        return self._autosave

    def show_error(self, error: BadInput) -> bool:
        """Put a sentence under the field it belongs to and go there; say whether there is such a field."""
        editor = self.editors.get(error.field or "")
        if editor is None:
            return False
        editor.complain(str(error))
        editor.setFocus()
        # Its sentence takes its place in the layout first.
        QTimer.singleShot(0, editor, lambda: self._area.ensureWidgetVisible(editor))
        return True

    def focus_first(self) -> None:
        """Put the focus on the first field."""
        next(iter(self.editors.values())).setFocus()


def _next_place(queue: Sequence[Field], ends_row: bool) -> int:
    """Return which field comes next: a first and a last day stand beside each other, so another may end the row."""
    if not (ends_row and _are_days(queue) and len(queue) > 2):
        return 0
    other = queue[2]
    lined = isinstance(other.kind, Text) and other.kind.lines > 1
    return 2 if other.group == queue[0].group and not lined and not isinstance(other.kind, Day) else 0


def _are_days(fields: Sequence[Field]) -> bool:
    return len(fields) > 1 and all(isinstance(one.kind, Day) for one in fields[:2])


def _by_group(fields: Sequence[Field]) -> list[Field]:
    """Return the fields of one group together, those without a group first, else in the order declared."""
    order = ["", *dict.fromkeys(field.group for field in fields)]
    return sorted(fields, key=lambda field: order.index(field.group))

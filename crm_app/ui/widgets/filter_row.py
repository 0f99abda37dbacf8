"""The row of filters under the heads of a list: a field for each column, typed into or chosen from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from crm_app import clock
from crm_app.domain import filter_words
from crm_app.domain.lists import OPS, Column, Shape
from crm_app.domain.views import SPAN_LABELS, Filter, Op
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.parts import literal
from crm_app.ui.widgets.text_field import TextField

Offered = Mapping[str, Sequence[tuple[str, str]]]
"""Column → the values it can be narrowed to, each with its word."""

_CHOSEN = (Shape.CHOICE, Shape.PERSON, Shape.FLAG)
_HEIGHT = 26
_BESIDE = 36
"""What stands in a field beside its words: the button and the air around it."""


class StayingMenu(QMenu):
    """A menu in which several can be ticked, by mouse or Space, before it closes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "ticks")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick without closing."""
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by Space without closing."""
        if event.key() != Qt.Key.Key_Space or not self._tick(self.activeAction()):
            super().keyPressEvent(event)

    def _tick(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable() or not action.isEnabled():
            return False
        action.trigger()
        return True


class FilterField(TextField):
    """What narrows one column. ``chosen`` carries the filter, or None; ``left_down`` wants the rows."""

    chosen = Signal(object)
    left_down = Signal()

    def __init__(self, column: Column, offered: Callable[[], Offered], parent: QWidget) -> None:
        super().__init__(parent, label=_("Filter: {column}").format(column=column.title))
        self.column, self._offered = column, offered
        self.value: Filter | None = None
        self._typable = column.shape not in _CHOSEN
        self._words = ""
        self.setReadOnly(not self._typable)
        self.setProperty("role", "filter")
        more = QAction(self)
        theme.put_icon(more, theme.list_mark(), "muted")
        self.addAction(more, TextField.ActionPosition.TrailingPosition)
        more.setToolTip(_("Choose"))
        more.triggered.connect(lambda _checked=False: self.open_menu())
        self.committed.connect(self._read)

    def put(self, value: Filter | None, words: str) -> None:
        """Show a filter that was set elsewhere."""
        self.value = value
        self._words = words
        self.setToolTip(words)
        self._dress("set", value is not None)
        if not self.hasFocus() or not self._typable:
            self._show_words()
            self._last = words

    def _show_words(self) -> None:
        """Show what is chosen, cut with its dots where there is no room; what can be typed is there whole."""
        words = self._words
        if not self._typable:
            words = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self.width() - theme.px(_BESIDE))
        before = self.blockSignals(True)
        self.setText(words)
        self.setCursorPosition(0)
        self.blockSignals(before)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut what is chosen anew."""
        super().resizeEvent(event)
        if not self._typable and self._words:
            self._show_words()

    def _read(self, text: str) -> None:
        if not self._typable:
            return
        try:
            found = filter_words.read(self.column, text, clock.today())
        except BadInput as error:
            # Half an amount is no mistake yet: the sentence stands beside the field while it is typed.
            self.setToolTip(str(error))
            self._mark(True)
            return
        self._mark(False)
        self._set(found)

    def _mark(self, wrong: bool) -> None:
        self._dress("wrong", wrong)

    def _dress(self, name: str, on: bool) -> None:
        if bool(self.property(name)) is not on:
            self.setProperty(name, on)
            self.style().unpolish(self)
            self.style().polish(self)

    def _set(self, value: Filter | None) -> None:
        if value != self.value:
            self.value = value
            self.chosen.emit(value)

    def open_menu(self) -> None:
        """Offer what the column can be narrowed to."""
        menu = StayingMenu(self)
        name = self.column.name
        if Op.ONE_OF in OPS[self.column.shape]:
            ticked = set(self.value.values) if self.value and self.value.op is Op.ONE_OF else set()
            for value, word in self._offered().get(name, ()):
                action = menu.addAction(literal(word))
                action.setCheckable(True)
                action.setChecked(value in ticked)
                action.toggled.connect(partial(self._tick, value))
        if Op.WITHIN in OPS[self.column.shape]:
            for span, label in SPAN_LABELS.items():
                self._offer(menu, _(label), Filter(name, Op.WITHIN, (span.value,)))
            self._offer(menu, _("More than 30 days ago"), Filter(name, Op.OLDER, ("30",)))
        menu.addSeparator()
        for op, label in ((Op.EMPTY, _("(empty)")), (Op.FILLED, _("filled in"))):
            if op in OPS[self.column.shape]:
                self._offer(menu, label, Filter(name, op))
        if self.value is not None:
            menu.addSeparator()
            self._offer(menu, _("No filter"), None)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        actions = menu.actions()
        if actions:
            menu.setActiveAction(actions[0])

    def _offer(self, menu: QMenu, label: str, value: Filter | None) -> None:
        menu.addAction(label).triggered.connect(lambda _checked=False: self._set(value))

    def _tick(self, value: str, on: bool) -> None:
        held = list(self.value.values) if self.value and self.value.op is Op.ONE_OF else []
        values = [*held, value] if on else [one for one in held if one != value]
        self._set(Filter(self.column.name, Op.ONE_OF, tuple(values)) if values else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the menu where nothing can be typed."""
        super().mousePressEvent(event)
        if not self._typable and event.button() == Qt.MouseButton.LeftButton:
            self.open_menu()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears; ↓ walks into the rows, Alt+↓ and, where nothing is typed, Space open the menu."""
        key = event.key()
        if key == Qt.Key.Key_Escape and not self.composing:
            if self.value is not None or self.text():
                self.clear()
                self._mark(False)
                self._set(None)
            else:
                self.left_down.emit()
        elif (key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier) or (
            key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._typable
        ):
            self.open_menu()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.composing:
            self.commit_now()
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim Enter, which opens a row everywhere else in the table."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let what is typed replace what stands there."""
        super().focusInEvent(event)
        if self._typable:
            QTimer.singleShot(0, self, self.selectAll)


class FilterHeader(QHeaderView):
    """Heads with a filter field under each. ``changed`` carries a column's name and its filter, or None."""

    changed = Signal(str, object)
    left_down = Signal()

    def __init__(self, offered: Callable[[], Offered], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._offered = offered
        self.fields: dict[str, FilterField] = {}
        self._order: list[str] = []
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        for signal in (self.sectionResized, self.sectionMoved):
            signal.connect(lambda *_places: self.place())

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Have a field for each of these columns, in their order."""
        for field in self.fields.values():
            field.deleteLater()
        self.fields = {}
        self._order = [one.name for one in columns]
        for column in columns:
            field = FilterField(column, self._offered, self)
            field.chosen.connect(partial(self.changed.emit, column.name))
            field.left_down.connect(self.left_down)
            field.show()
            self.fields[column.name] = field
        self.updateGeometries()

    def sizeHint(self) -> QSize:
        """Leave room for the fields."""
        size = super().sizeHint()
        return QSize(size.width(), size.height() + theme.px(_HEIGHT))

    def updateGeometries(self) -> None:
        """Keep the heads above the fields."""
        self.setViewportMargins(0, 0, 0, theme.px(_HEIGHT))
        super().updateGeometries()
        self.place()

    def place(self) -> None:
        """Put each field under its head."""
        top = self.height() - theme.px(_HEIGHT)
        for number, name in enumerate(self._order):
            if number >= self.count():
                break
            self.fields[name].setVisible(not self.isSectionHidden(number))
            left = self.sectionViewportPosition(number)
            self.fields[name].setGeometry(left + 1, top, self.sectionSize(number) - 2, theme.px(_HEIGHT) - 1)

"""A line of text that never loses Chinese input: composing counts as nothing typed yet, and Enter belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from crm_app.ui import theme

if TYPE_CHECKING:
    _Widget = QWidget
else:
    # The field's own class of Qt comes behind it.
    _Widget = object

_PAUSE_MS = 120


class _Composing(_Widget):
    """A field in which an input method may hold an unfinished word: ``composing`` says so.

    Whoever is one has ``left``, which is emitted when the focus went elsewhere: the moment to read what was typed.
    """

    composing = False
    left: SignalInstance

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether an input method holds an unfinished word."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim Enter and Esc before they become a shortcut: half a word is neither saved nor thrown away."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._holds_back(event):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter and Esc to the input method while it composes: some platforms pass them on all the same."""
        if not self._holds_back(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field was left, but not when only another window or a menu came to the front."""
        super().focusOutEvent(event)
        self.composing = False
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.left.emit()

    def _holds_back(self, event: QKeyEvent) -> bool:
        if self.composing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.accept()
            return True
        return False


class TextField(_Composing, QLineEdit):
    """A line edit whose ``committed`` follows the text when typing pauses, never while a word is being composed."""

    committed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "", label: str = "") -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(label or placeholder)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._commit)
        self._last = ""
        self.textChanged.connect(lambda _text: self._pause.start())

    def setClearButtonEnabled(self, enable: bool) -> None:
        """Offer to empty the field, by an icon of ours: Qt's own is of another family."""
        super().setClearButtonEnabled(enable)
        clear = self.findChild(QAction, "_q_qlineeditclearaction")
        if clear is not None:
            theme.put_icon(clear, "x", "muted")

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take a word that was composed as typed."""
        super().inputMethodEvent(event)
        if not self.composing:
            self._pause.start()

    def commit_now(self) -> None:
        """Tell the text at once, without waiting for a pause."""
        self._pause.stop()
        self._commit()

    def _commit(self) -> None:
        if not self.composing and self.text() != self._last:
            self._last = self.text()
            self.committed.emit(self._last)


class TextArea(_Composing, QPlainTextEdit):
    """Several lines; Tab goes to the next field, so that a form can be filled without the mouse.

    It is as high as ``lines``; up to ``most`` it becomes as high as what stands in it.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, lines: int = 3, most: int = 0, label: str = "") -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(label)
        self._lines, self._most = lines, max(lines, most)
        self._be_high(lines)
        if most > lines:
            self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())

    def _fit(self) -> None:
        # The document of a plain field counts its height in lines; it does not tell of those of another width.
        self._be_high(max(self._lines, min(round(self.document().size().height()), self._most)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have room for the lines as they wrap now."""
        super().resizeEvent(event)
        if self._most > self._lines:
            self._fit()

    def _be_high(self, lines: int) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + theme.px(22))

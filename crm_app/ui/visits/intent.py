"""Choosing A, B, C or D by one key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGroupBox, QHBoxLayout, QLabel, QToolButton, QWidget

from crm_app.domain.visits import INTENT_LABELS, Intent
from crm_app.i18n import _
from crm_app.ui import theme

_AROUND = 2
_STEP = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class IntentPicker(QGroupBox):
    """Four buttons and the word of the chosen one; the keys A–D choose, Backspace takes the choice back."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, wordy: bool = True) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Degree of interest"))
        self._chosen: Intent | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(_AROUND, _AROUND, 0, _AROUND)
        row.setSpacing(theme.XS)
        self._buttons: dict[Intent, QToolButton] = {}
        for intent in Intent:
            button = QToolButton(self)
            button.setText(intent.value)
            button.setCheckable(True)
            button.setProperty("role", "choice")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setToolTip(_(INTENT_LABELS[intent]))
            button.setAccessibleName(_(INTENT_LABELS[intent]))
            button.clicked.connect(lambda _checked=False, intent=intent: self._press(intent))
            row.addWidget(button)
            self._buttons[intent] = button
        self._word = QLabel(self)
        self._word.setProperty("role", "muted")
        self._word.setVisible(wordy)
        row.addSpacing(theme.S)
        row.addWidget(self._word)
        row.addStretch(1)

    def intent(self) -> Intent | None:
        """Return what is chosen."""
        return self._chosen

    def text(self) -> str:
        """Return the letter of what is chosen."""
        return self._chosen.value if self._chosen else ""

    def set_text(self, letter: str) -> None:
        """Choose by a letter; none takes the choice back."""
        self.choose(Intent(letter) if letter else None)

    def choose(self, intent: Intent | None) -> None:
        """Choose; None takes the choice back."""
        if intent is self._chosen:
            return
        self._chosen = intent
        for one, button in self._buttons.items():
            button.setChecked(one is intent)
        self._say()
        self.setAccessibleDescription(_(INTENT_LABELS[intent]) if intent else "")
        self.edited.emit()

    def _say(self) -> None:
        if self._chosen is not None:
            self._word.setText(_(INTENT_LABELS[self._chosen]))
        else:
            self._word.setText(_("press A, B, C or D") if self.hasFocus() else "")

    def _press(self, intent: Intent) -> None:
        again = self._chosen is intent
        self.choose(None if again else intent)
        self._buttons[intent].setChecked(not again)
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep the letters that choose from the page's own keys: A attaches files there."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.text().upper() in tuple(Intent)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by letter or with the arrow keys."""
        letter = event.text().upper()
        if letter in tuple(Intent):
            self.choose(Intent(letter))
        elif event.key() in _STEP:
            every = list(Intent)
            at = every.index(self._chosen) + _STEP[Qt.Key(event.key())] if self._chosen else 0
            self.choose(every[max(0, min(at, len(every) - 1))])
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.choose(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say which keys choose."""
        super().focusInEvent(event)
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop saying it."""
        super().focusOutEvent(event)
        self._show_focus()

    def _show_focus(self) -> None:
        self._say()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring of the focus around the four buttons."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.colours().accent), 2))
            last = self._buttons[Intent.D].geometry()
            ring = QRectF(1, 1, last.right() + 2, self.height() - 2)
            painter.drawRoundedRect(ring, theme.RADIUS, theme.RADIUS)

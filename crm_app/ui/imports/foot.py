"""The foot of the import: what was said last on the left, or the work under way with its Stop button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStackedLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.elided import Elided

_BAR_WIDTH, _LEAST_BAR = 220, 80


class Foot(QWidget):
    """A sentence, or a progress bar."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.CONTROL + theme.S)
        self.note = QLabel(self)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.note)
        self._stack.addWidget(self._make_work())

    def _make_work(self) -> QWidget:
        work = QWidget(self)
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        self.bar = QProgressBar(work)
        self.bar.setMaximumWidth(theme.px(_BAR_WIDTH))
        self.bar.setMinimumWidth(theme.px(_LEAST_BAR))
        self.bar.setTextVisible(False)
        self._doing = Elided("", "muted", work)
        self.stop = QPushButton(_("Stop"), work)
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(lambda _checked=False: self.stop_wanted.emit())
        for part in (self.bar, self._doing, self.stop):
            row.addWidget(part)
        row.addStretch(1)
        return work

    def say(self, sentence: str, role: str = "muted") -> None:
        """Show a sentence; ``role`` is that of a label."""
        self.note.setProperty("role", role)
        self.note.style().polish(self.note)
        self.note.setText(sentence)
        self._stack.setCurrentIndex(0)

    def begin(self, text: str) -> None:
        """Show work under way whose length is not known yet."""
        self.bar.setRange(0, 0)
        self._doing.say(text)
        self.stop.setEnabled(True)
        self._stack.setCurrentIndex(1)

    def move_on(self, done: int, total: int, text: str) -> None:
        """Show how far the work is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if not self.stop.isEnabled():
            return
        self._doing.say(_("{text} · {done} of {total}").format(text=text, done=done, total=total) if total else text)

    def stopping(self) -> None:
        """Show that the work was asked to stop."""
        self.stop.setEnabled(False)
        self._doing.say(_("Stopping…"))

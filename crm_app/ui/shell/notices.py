"""What the window says without asking: the toast (done, with Undo) and the bar (something is wrong, in words)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from crm_app.i18n import _
from crm_app.ui import actions, theme

_TOAST_MS = 6000
_SLIDE_MS = 160
_WIDEST = 640


class Toast(QFrame):
    """A short sentence over the page's foot that goes by itself; it never takes the focus."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._over = parent
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        layout.setSpacing(theme.M)
        self._label = QLabel(self)
        layout.addWidget(self._label)
        self._undo = QPushButton(f"{_('Undo')}  {actions.spec('undo').shown_keys}", self)
        self._undo.setAccessibleName(_("Undo"))
        self._undo.clicked.connect(self._ask_undo)
        layout.addWidget(self._undo)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(_SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._timer = QTimer(self, singleShot=True, interval=_TOAST_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, sentence: str, undo: bool) -> None:
        """Show a sentence; with ``undo`` a button takes the change back."""
        room = max(theme.px(200), min(theme.px(_WIDEST), self._over.width() - theme.px(200)))
        self._label.setText(self._label.fontMetrics().elidedText(sentence, Qt.TextElideMode.ElideRight, room))
        self._label.setToolTip(sentence)
        self._undo.setVisible(undo)
        appears = self.isHidden()
        self._place()
        self.show()
        self.raise_()
        if appears and theme.moves():
            self._slide.setStartValue(self.pos() + QPoint(0, theme.L))
            self._slide.setEndValue(self.pos())
            self._slide.start()
        self._timer.start()

    def _ask_undo(self) -> None:
        self.hide()
        self.undo_wanted.emit()

    def _place(self) -> None:
        self._slide.stop()
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - theme.L)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the page is resized."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


class NoticeBar(QFrame):
    """A sentence above the page that stays until it is read; the last one counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._step: Callable[[], object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.XS, theme.XS, theme.XS)
        layout.setSpacing(theme.S)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout.addWidget(self._label, 1)
        self.step = QPushButton(self)
        self.step.clicked.connect(lambda _checked=False: self._run())
        self.step.hide()
        layout.addWidget(self.step)
        close = QToolButton(self)
        close.setAccessibleName(_("Close"))
        close.setToolTip(_("Close"))
        theme.put_icon(close, "x")
        close.clicked.connect(self.hide)
        layout.addWidget(close)
        self.hide()

    def _run(self) -> None:
        if self._step is not None:
            self._step()

    @property
    def sentence(self) -> str:
        """What the bar says now; empty where it is closed."""
        return self._label.text() if self.isVisible() else ""

    def tell(self, sentence: str, step: str = "", run: Callable[[], object] | None = None) -> None:
        """Show a sentence, and a button for the one thing that can be done about it."""
        self._step = run
        self.step.setText(step)
        self.step.setVisible(bool(step))
        self._label.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()

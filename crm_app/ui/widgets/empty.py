"""What an empty list says: what would be here, and the next step to take."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import actions, theme

_WIDEST = 480
"""A line is not read well where it is longer."""


class EmptyState(QWidget):
    """An icon, a sentence, a hint, and at most one button, with the keys of its ``action`` beside it."""

    def __init__(
        self,
        title: str,
        hint: str = "",
        *,
        icon: str = "inbox",
        step: str = "",
        run: Callable[[], object] | None = None,
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = title, hint
        self._icon, self._offered, self._run, self._action = icon, step, run, action
        self._lines: tuple[QLabel, ...] = ()
        self._step: QPushButton | None = None

    def event(self, event: QEvent) -> bool:
        """Be built when it is about to be shown: most lists have rows, and never need it."""
        if event.type() == QEvent.Type.Polish and not self.isHidden():
            self._be_built()
        return super().event(event)

    def setVisible(self, visible: bool) -> None:
        """Be built when it was behind something else, where it is dressed too."""
        if visible:
            self._be_built()
        super().setVisible(visible)

    def _be_built(self) -> None:
        if not self._lines:
            self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.setSpacing(theme.S)
        picture = QToolButton(self)
        picture.setIconSize(theme.size(40, 40))
        picture.setProperty("role", "picture")
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.put_icon(picture, self._icon, "edge")
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        title, hint = self._words
        self._lines = self._line(title, "heading"), self._line(hint, "muted")
        for line in self._lines:
            layout.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
        run = self._run
        if self._offered and run is not None:
            self._step = QPushButton(self._offered, self)
            self._step.setProperty("role", "primary")
            self._step.clicked.connect(lambda _checked=False: run())
            layout.addSpacing(theme.S)
            layout.addWidget(self._step, 0, Qt.AlignmentFlag.AlignHCenter)
            if self._action:
                keys = actions.spec(self._action).shown_keys
                line = self._line(_("or press {keys}").format(keys=keys), "muted")
                layout.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)

    def focus_step(self) -> bool:
        """Let Space take the step, where one is offered; say whether it is."""
        self._be_built()
        if self._step is not None:
            self._step.setFocus()
        return self._step is not None

    def _line(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        _fit(label)
        return label

    def say(self, title: str, hint: str = "") -> None:
        """Say something else, such as that a search found nothing."""
        self._words = title, hint
        for label, text in zip(self._lines, self._words, strict=False):
            label.setText(text)
            _fit(label)


def _fit(label: QLabel) -> None:
    """Give a line the room its words take, up to what is read well, and keep the height of its lines.

    A wrapping label asks for much less width, and in a low place a layout counts its lines as one.
    """
    label.ensurePolished()
    width = min(label.fontMetrics().horizontalAdvance(label.text()) + theme.XS, theme.px(_WIDEST))
    label.setFixedWidth(width)
    label.setMinimumHeight(label.heightForWidth(width) if label.text() else 0)
    label.setVisible(bool(label.text()))

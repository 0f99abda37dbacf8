"""A way on: an icon, what it is called, what it leads to, and its button; several under one another are a choice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crm_app.ui import theme

ICON = 24
_BUTTON = 132


class Way(QWidget):
    """One row."""

    def __init__(
        self,
        icon: str,
        title: str,
        hint: str,
        step: str,
        run: Callable[[], object],
        parent: QWidget,
        *,
        primary: bool = False,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        picture = QToolButton(self)
        picture.setIconSize(theme.size(ICON, ICON))
        picture.setFixedSize(theme.size(ICON, ICON))
        picture.setProperty("role", "picture")
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        picture.setAccessibleName(title)
        theme.put_icon(picture, icon, "accent")
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for text, role in ((title, "strong"), (hint, "muted")):
            label = QLabel(text, self)
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            texts.addWidget(label)
        row.addLayout(texts, 1)
        self.button = QPushButton(step, self)
        self.button.setMinimumWidth(theme.px(_BUTTON))
        if primary:
            self.button.setProperty("role", "primary")
        self.button.setAutoDefault(False)
        self.button.setAccessibleDescription(hint)
        self.button.clicked.connect(lambda _checked=False: run())
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

"""A window is never larger than the screen it is on: at 150 % a small laptop leaves some 900 by 480."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QScrollArea, QVBoxLayout, QWidget

from crm_app.ui import theme

_TITLE_BAR = 32

WIDEST, HIGHEST = 560, 420
"""So large a dialog shows whole on a small screen at 150 %."""


def resize_within_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window a size of the design, or as much of it as its screen has room for."""
    room = window.screen().availableSize()
    if isinstance(window, QDialog):
        room -= QSize(0, _TITLE_BAR)
    window.resize(theme.size(width, height).boundedTo(room))


def highest(window: QWidget) -> int:
    """Return how high a form may grow before it scrolls: three quarters of a screen that has room for more."""
    return max(theme.px(HIGHEST), window.screen().availableSize().height() * 3 // 4)


def scrolled(inside: QWidget) -> QScrollArea:
    """Return an area that gives a widget all its room where there is enough, and scrolls it up and down elsewhere."""
    inside.setProperty("role", "clear")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def centre(cover: QWidget, card: QWidget) -> None:
    """Put a card into the middle of its cover; in a low window it scrolls."""
    inside = QWidget()
    middle = QVBoxLayout(inside)
    middle.setAlignment(Qt.AlignmentFlag.AlignCenter)
    middle.addWidget(card)
    outer = QVBoxLayout(cover)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scrolled(inside))


def fit_height(dialog: QDialog) -> None:
    """Make a dialog of fixed width as high as its lines need, also where they wrap: layouts guess too low."""
    layout = dialog.layout()
    assert layout is not None
    dialog.ensurePolished()
    layout.activate()
    dialog.setFixedHeight(layout.totalHeightForWidth(dialog.width()))


def fit_rows(dialog: QDialog, view: QAbstractScrollArea, rows: int, most: int) -> None:
    """Make a dialog as high as its list needs for ``rows`` pixels; above ``most`` of the design the list scrolls."""
    layout = dialog.layout()
    assert layout is not None
    dialog.ensurePolished()
    layout.activate()
    others = layout.totalHeightForWidth(dialog.width()) - view.sizeHint().height()
    dialog.resize(dialog.width(), min(theme.px(most), others + rows + 2 * view.frameWidth()))

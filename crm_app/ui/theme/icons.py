"""One-colour icons (Tabler outline, MIT), recoloured to the palette in use when they are drawn into pixmaps."""

from __future__ import annotations

import weakref
from functools import lru_cache

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton

from crm_app import paths
from crm_app.ui.theme import look

_APP_SIZES = (16, 24, 32, 48, 64, 128, 256)
APP = "outreach-crm"
"""The program's own icon, in its own colours."""


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


def _draw(painter: QPainter, rect: QRect, name: str, colour: str) -> None:
    side = min(rect.width(), rect.height())
    # What a picture has beside its square is air before words.
    square = QRectF(rect.x(), rect.y() + (rect.height() - side) / 2, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour).render(painter, square)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, width: int, height: int) -> QImage:
    """Return an icon drawn: buttons and lists ask for their icons each time they are painted."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _draw(painter, image.rect(), name, colour)
    painter.end()
    return image


class _Engine(QIconEngine):
    """Draws an icon in whatever size it is asked for: sharp on every screen, and nothing is drawn beforehand."""

    def __init__(self, name: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._name, self._colour, self._disabled = name, colour, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it into a rectangle."""
        ratio = painter.device().devicePixelRatio()
        width, height = round(rect.width() * ratio), round(rect.height() * ratio)
        painter.drawImage(rect, _drawn(self._name, self._in(mode), width, height))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw it into a picture of so many pixels of the screen."""
        return QPixmap.fromImage(_drawn(self._name, self._in(mode), size.width(), size.height()))

    def _in(self, mode: QIcon.Mode) -> str:
        return self._disabled if mode == QIcon.Mode.Disabled else self._colour

    def clone(self) -> QIconEngine:
        """Return another that draws the same."""
        return _Engine(self._name, self._colour, self._disabled)


@lru_cache(maxsize=512)
def _build(name: str, colour: str, disabled: str) -> QIcon:
    return QIcon(_Engine(name, colour, disabled))


def app_icon() -> QIcon:
    """Return the icon of the program's windows."""
    built = QIcon()
    for side in _APP_SIZES:
        # A window system is handed pictures, not an engine that draws.
        built.addPixmap(_Engine(APP, "", "").pixmap(QSize(side, side), QIcon.Mode.Normal, QIcon.State.Off))
    return built


def icon(name: str, role: str = "text") -> QIcon:
    """Return an icon of ``resources/icons`` in a colour of the palette in use, named by its role.

    It keeps that colour: use :func:`put_icon` on what outlives a change of look.
    """
    palette = look.colours()
    return _build(name, getattr(palette, role), palette.edge)


_SIDE, _AIR = 16, 4
"""Pixels of the design: of an icon, and of what words keep away from it beside what Qt gives them."""


def fit_icon(button: QAbstractButton) -> None:
    """Give the icon of a button air before its words, or none where it has no words now."""
    words = bool(button.text())
    if isinstance(button, QToolButton):
        words = words and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    button.setIconSize(QSize(look.sizes().px(_SIDE + (_AIR if words else 0)), look.sizes().px(_SIDE)))


_dressed: weakref.WeakKeyDictionary[QObject, tuple[str, str]] = weakref.WeakKeyDictionary()


def put_icon(target: QAbstractButton | QAction, name: str, role: str = "text") -> None:
    """Give a button or an action its icon, now and again after every change of look."""
    _dressed[target] = (name, role)
    target.setIcon(icon(name, role))
    if isinstance(target, (QPushButton, QToolButton)) and target.text():
        fit_icon(target)


def _redress() -> None:
    for target, (name, role) in list(_dressed.items()):
        if shiboken6.isValid(target) and isinstance(target, (QAbstractButton, QAction)):
            target.setIcon(icon(name, role))


look.signals.changed.connect(_redress)

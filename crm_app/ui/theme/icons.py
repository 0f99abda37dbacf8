"""One-colour icons (Tabler outline, MIT), recoloured to the palette in use when they are drawn into pixmaps."""

from __future__ import annotations

import weakref
from functools import lru_cache

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from crm_app import paths
from crm_app.ui.theme import look

_SIZES = (16, 20, 24, 32, 40, 48, 64)
"""Pixel sizes drawn, so that 16, 20, 24 and 32 stay sharp at 150 % and 200 %."""


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _pixmap(name: str, colour: str, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@lru_cache(maxsize=512)
def _build(name: str, colour: str, disabled: str, selected: str) -> QIcon:
    built = QIcon()
    modes = ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled), (QIcon.Mode.Selected, selected))
    for size in _SIZES:
        for mode, one in modes:
            built.addPixmap(_pixmap(name, one, size), mode)
    return built


def icon(name: str, role: str = "text") -> QIcon:
    """Return an icon of ``resources/icons`` in a colour of the palette in use, named by its role.

    It keeps that colour: use :func:`put_icon` on what outlives a change of look.
    """
    palette = look.colours()
    return _build(name, getattr(palette, role), palette.edge, getattr(palette, role))


_dressed: weakref.WeakKeyDictionary[QObject, tuple[str, str]] = weakref.WeakKeyDictionary()


def put_icon(target: QAbstractButton | QAction, name: str, role: str = "text") -> None:
    """Give a button or an action its icon, now and again after every change of look."""
    _dressed[target] = (name, role)
    target.setIcon(icon(name, role))


def _redress() -> None:
    for target, (name, role) in list(_dressed.items()):
        if shiboken6.isValid(target) and isinstance(target, (QAbstractButton, QAction)):
            target.setIcon(icon(name, role))


look.signals.changed.connect(_redress)

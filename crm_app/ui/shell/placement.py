"""Where the window stands, for each arrangement of screens: at the desk with two, on the road with one."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow

from crm_app.settings import Settings
from crm_app.ui.widgets.fitting import resize_within_screen

_NAME = "main"
_FIRST_SIZE = (1280, 720)
_GRIP = QSize(160, 32)
"""So much of the top of a window has to be on a screen for it to be taken hold of."""


class Placement:
    """Remembers the size, the place and whether it is maximised; what else is remembered goes by the same screens."""

    def __init__(self, window: QMainWindow, settings: Settings) -> None:
        self._window, self._settings = window, settings
        self._screens = arrangement()
        settings.use_screens(self._screens)
        resize_within_screen(window, *_FIRST_SIZE)
        self._restore()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        for signal in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            signal.connect(lambda _screen: self.follow_screens())

    def keep(self) -> None:
        """Remember how the window stands now."""
        shape = self._window.saveGeometry().toBase64().data()
        self._settings.set_geometry(_NAME, bytes(shape).decode())

    def follow_screens(self) -> None:
        """Take up the place the window had with the screens there are now, where they changed."""
        now = arrangement()
        if now == self._screens:
            return
        self._screens = now
        self._settings.use_screens(now)
        self._restore()

    def _restore(self) -> None:
        kept = self._settings.geometry(_NAME)
        if kept:
            self._window.restoreGeometry(QByteArray.fromBase64(kept.encode()))
        bring_back(self._window)


def arrangement() -> str:
    """Return what tells these screens, where they stand and how large they are, from others."""
    return " ".join(sorted(_told(screen) for screen in QGuiApplication.screens()))


def _told(screen: QScreen) -> str:
    area = screen.geometry()
    scale = round(screen.devicePixelRatio() * 100)
    return f"{area.width()}x{area.height()}+{area.x()}+{area.y()}@{scale}"


def bring_back(window: QMainWindow) -> None:
    """Put a window that no screen shows any more into the middle of the first one."""
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    top = QRect(window.geometry().topLeft(), window.size())
    if any(_held(room, top) for room in rooms) or not rooms:
        return
    room = QGuiApplication.primaryScreen().availableGeometry()
    window.resize(window.size().boundedTo(room.size()))
    spare = room.size() - window.size()
    window.move(room.topLeft() + QPoint(spare.width() // 2, spare.height() // 2))


def _held(room: QRect, top: QRect) -> bool:
    seen = room.intersected(QRect(top.topLeft(), QSize(top.width(), _GRIP.height())))
    return seen.width() >= min(_GRIP.width(), top.width()) and seen.height() >= _GRIP.height() // 2

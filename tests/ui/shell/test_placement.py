"""The window comes back where it was for these screens, and never where none shows it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_app.ui.main_window import main_window
from crm_app.ui.session import Location, Session
from crm_app.ui.shell import placement
from crm_app.ui.shell.recent import Recent
from tests.ui.kit import PlainPlaces


def test_what_is_remembered_goes_by_the_arrangement_of_screens(session: Session) -> None:
    settings = session.settings
    settings.use_screens("desk")
    settings.set_geometry("main", "two screens")
    settings.use_screens("road")
    assert settings.geometry("main") == "two screens"
    settings.set_geometry("main", "one screen")
    settings.use_screens("desk")
    assert settings.geometry("main") == "two screens"


def test_a_window_on_a_screen_that_is_gone_comes_back(session: Session, app: QApplication, qtbot: QtBot) -> None:
    window = main_window(session, PlainPlaces())
    qtbot.addWidget(window)
    window.setGeometry(QRect(QPoint(2600, 300), QSize(1000, 600)))
    window.show()
    placement.bring_back(window)
    room = app.primaryScreen().availableGeometry()
    assert room.contains(window.geometry())
    here = window.geometry()
    placement.bring_back(window)
    assert window.geometry() == here
    window.close()
    again = main_window(session, PlainPlaces())
    qtbot.addWidget(again)
    assert again.size() == here.size()
    assert room.contains(again.geometry())


def test_where_one_was_is_kept_by_ids_alone_and_for_each_book(session: Session) -> None:
    ours, other = (Recent(session.settings, Path(name)) for name in ("ours.crm", "other.crm"))
    ours.leave(Location("trips", None, "visits"))
    assert (ours.place, other.place) == (Location("trips", None, "visits"), None)

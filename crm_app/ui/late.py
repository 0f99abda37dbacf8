"""The parts of the program that the window's shell paints without; each is imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from types import ModuleType


def service(name: str) -> ModuleType:
    """Return ``crm_app.services.NAME``: they load SQLAlchemy (204 ms)."""
    return import_module(f"crm_app.services.{name}")


def place(name: str) -> ModuleType:
    """Return ``crm_app.ui.NAME``, a place of the window, when it is first shown: places import services at the top."""
    return import_module(f"crm_app.ui.{name}")


def pinyin() -> ModuleType:
    """Return ``crm_app.domain.pinyin`` (9 ms): the window's shell paints without it; what is typed needs it."""
    return import_module("crm_app.domain.pinyin")


def warm(places: Iterable[str]) -> None:
    """Import places before one goes there: the lists, the first time, kept the window waiting for half a second."""
    for name in places:
        place(name)


def dbus() -> ModuleType:
    """Return ``PySide6.QtDBus``: of sleep, lock and a dark desktop Linux tells through its bus."""
    return import_module("PySide6.QtDBus")

"""The one listed place for imports put off for start-up's sake.

The window's shell paints before these load; each function imports on first call and answers the module. Everything
else in the package imports at the top.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def alembic() -> ModuleType:
    """Return ``alembic`` with its commands and configuration (357 ms): only a new or an older book needs it."""
    import_module("alembic.command")
    import_module("alembic.config")
    return import_module("alembic")


def pypinyin() -> ModuleType:
    """Return ``pypinyin`` (219 ms): only names with a polyphone need it."""
    return import_module("pypinyin")


def phonenumbers() -> ModuleType:
    """Return ``phonenumbers``: only a typed phone needs it."""
    return import_module("phonenumbers")


def command_line() -> ModuleType:
    """Return ``crm_app.cli.main``: the reader child and the window's first paint do without it."""
    return import_module("crm_app.cli.main")


def window() -> ModuleType:
    """Return ``crm_app.ui.start``: commands run where no Qt library can be loaded."""
    return import_module("crm_app.ui.start")


def tour() -> ModuleType:
    """Return ``crm_app.ui.tour``: the window walked without a person."""
    return import_module("crm_app.ui.tour")


def reader() -> ModuleType:
    """Return ``crm_app.files.child``, the reader of untrusted files."""
    return import_module("crm_app.files.child")


def service(name: str) -> ModuleType:
    """Return ``crm_app.services.NAME`` for the window's shell, which paints before SQLAlchemy loads (204 ms)."""
    return import_module(f"crm_app.services.{name}")


def place(name: str) -> ModuleType:
    """Return ``crm_app.ui.NAME``, a place of the window, when it is first shown: places import services at the top."""
    return import_module(f"crm_app.ui.{name}")


def stdnum_uscc() -> ModuleType:
    """Return ``stdnum.cn.uscc`` (53 ms): only a typed credit code needs it."""
    return import_module("stdnum.cn.uscc")

"""What only some calls of a command need, put off for its start's sake; each function imports on first call."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def duplicates() -> ModuleType:
    """Return ``crm_app.services.duplicates``: a lead that is logged needs it only where its enterprise is new."""
    return import_module("crm_app.services.duplicates")


def figures() -> ModuleType:
    """Return ``crm_app.services.figures``: at an import by command only a notice of what was achieved needs it."""
    return import_module("crm_app.services.figures")

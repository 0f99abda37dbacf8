"""What only some papers need, put off for start-up's sake; each function imports on first call."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def writer_of_word() -> ModuleType:
    """Return ``crm_app.briefs.word`` with python-docx (150 ms): only a paper wanted as .docx needs it."""
    return import_module("crm_app.briefs.word")

"""What a reader loads once it sees what a file is; each function imports on first call. The readers: readers.py."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def reader_of_large_workbooks() -> ModuleType:
    """Return ``crm_app.files.streaming`` with ``zipfile``: only a large .xlsx needs it."""
    return import_module("crm_app.files.streaming")


def crashes() -> ModuleType:
    """Return ``crm_app.crashes`` with ``traceback``: only a bug needs it."""
    return import_module("crm_app.crashes")


def code_pages() -> ModuleType:
    """Return ``crm_app.files.code_pages``: only an old workbook has texts in one."""
    return import_module("crm_app.files.code_pages")


def hidden() -> ModuleType:
    """Return ``crm_app.files.hidden`` with ``zipfile``: only a workbook is looked through for what is hidden in it."""
    return import_module("crm_app.files.hidden")


def markup() -> ModuleType:
    """Return ``crm_app.files.markup`` with ``html.parser``: only what poses as a workbook needs it."""
    return import_module("crm_app.files.markup")


def vcards() -> ModuleType:
    """Return ``crm_app.files.cards`` with ``urllib``: of what is read as a table only a .vcf needs it."""
    return import_module("crm_app.files.cards")


def card_texts() -> ModuleType:
    """Return ``crm_app.files.card_texts`` with what reads cards: only a .txt may be what was pasted from a chat."""
    return import_module("crm_app.files.card_texts")


def calendars() -> ModuleType:
    """Return ``crm_app.files.calendars`` with ``urllib``: of what is read as a table only an .ics needs it."""
    return import_module("crm_app.files.calendars")

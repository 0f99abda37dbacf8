"""What the reader child loads once it knows what it is asked for; each function imports on first call."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def reader_of_sheets() -> ModuleType:
    """Return ``crm_app.files.sheets`` with its library: only the reader child that was asked for tables needs it."""
    return import_module("crm_app.files.sheets")


def reader_of_ledgers() -> ModuleType:
    """Return ``crm_app.files.ledger_rows``: only the reader child that was asked for ledgers needs it."""
    return import_module("crm_app.files.ledger_rows")


def reader_of_large_workbooks() -> ModuleType:
    """Return ``crm_app.files.streaming`` with ``zipfile``: only a large .xlsx needs it."""
    return import_module("crm_app.files.streaming")


def vcards() -> ModuleType:
    """Return ``crm_app.files.cards`` with ``urllib``: of what is read as a table only a .vcf needs it."""
    return import_module("crm_app.files.cards")


def calendars() -> ModuleType:
    """Return ``crm_app.files.calendars`` with ``urllib``: of what is read as a table only an .ics needs it."""
    return import_module("crm_app.files.calendars")


def reader_of_prose() -> ModuleType:
    """Return ``crm_app.files.prose_reader``: only the reader child that was asked for a notice needs it."""
    return import_module("crm_app.files.prose_reader")


def reader_of_pictures() -> ModuleType:
    """Return ``crm_app.files.pictures`` (100 ms): only the reader child that was asked for a picture needs it."""
    return import_module("crm_app.files.pictures")


def filler_of_templates() -> ModuleType:
    """Return ``crm_app.files.template_filler`` with openpyxl (250 ms): only the reader child fills templates."""
    return import_module("crm_app.files.template_filler")


def reader_of_cards() -> ModuleType:
    """Return ``crm_app.files.card_reader``: only the reader child that was asked for a card needs it."""
    return import_module("crm_app.files.card_reader")

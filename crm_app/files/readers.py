"""The readers of the child by what it is asked for; the file of each, and its library, is loaded for its kind alone."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

READERS = {
    "tables": "crm_app.files.sheets",
    "ledgers": "crm_app.files.ledger_rows",
    "template": "crm_app.files.template_filler",
    "prose": "crm_app.files.prose_reader",
    "card": "crm_app.files.card_reader",
    "show": "crm_app.files.pictures",
    "strip": "crm_app.files.pictures",
    "shrink": "crm_app.files.pictures",
}
"""Each has ``answer(request, incoming, answers)``. openpyxl, which fills templates, takes 250 ms, the pictures 100."""


def reader_of(asked: str) -> ModuleType:
    """Return what answers a request of the kind ``asked``."""
    return import_module(READERS[asked])

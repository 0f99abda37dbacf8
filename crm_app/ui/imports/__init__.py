"""Ledgers in and out: a file previewed row by row before anything is written, and every row of a kind to a sheet."""

from crm_app.ui.imports.dialog import open_import
from crm_app.ui.imports.export import open_export

__all__ = ["open_export", "open_import"]

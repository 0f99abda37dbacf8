"""The handbook (帮助): F1 opens it at the place one is in; everything is in the program, nothing is fetched."""

from crm_app.ui.handbook.dialog import Handbook, open_help

__all__ = ["Handbook", "open_help"]

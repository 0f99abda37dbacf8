"""The reception (接待): logged by keyboard from anywhere, corrected in the same form."""

from crm_app.ui.receptions.dialog import ReceptionDialog, open_reception

__all__ = ["ReceptionDialog", "open_reception"]

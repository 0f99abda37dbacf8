"""Attachments on a page: a card of tiles, and the dialog that shows one. Nothing strange is decoded in the window."""

from crm_app.ui.attachments.card import AttachmentsCard

__all__ = ["AttachmentsCard"]

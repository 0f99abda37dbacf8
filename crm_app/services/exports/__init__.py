"""Exports: every row of a kind, or a list as it is seen, to a sheet; whole or not at all; what is personal masked."""

from crm_app.files.writing import Head
from crm_app.services.exports.cards import SUFFIXES as CARD_SUFFIXES
from crm_app.services.exports.kinds import KINDS
from crm_app.services.exports.seen import export_seen
from crm_app.services.exports.sheets import Progress, export, export_rows
from crm_app.services.exports.templates import TEMPLATE_KINDS, export_to_template

__all__ = [
    "CARD_SUFFIXES",
    "KINDS",
    "TEMPLATE_KINDS",
    "Head",
    "Progress",
    "export",
    "export_rows",
    "export_seen",
    "export_to_template",
]

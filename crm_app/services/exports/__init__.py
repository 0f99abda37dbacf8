"""Exports: every row of a kind, or a list as it is seen, to a sheet; whole or not at all; what is personal masked."""

from crm_app.services.exports.calendar import export_calendar
from crm_app.services.exports.cards import SUFFIXES as CARD_SUFFIXES
from crm_app.services.exports.kinds import KINDS
from crm_app.services.exports.seen import export_seen, note_copied, tabbed
from crm_app.services.exports.sheets import export
from crm_app.services.exports.templates import Filled, export_to_template

__all__ = [
    "CARD_SUFFIXES",
    "KINDS",
    "Filled",
    "export",
    "export_calendar",
    "export_seen",
    "export_to_template",
    "note_copied",
    "tabbed",
]

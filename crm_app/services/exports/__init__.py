"""Exports: every row of a kind, or a list as it is seen, to a sheet; whole or not at all; what is personal masked."""

from crm_app.files.writing import Head
from crm_app.services.exports.cards import SUFFIXES as CARD_SUFFIXES
from crm_app.services.exports.kinds import KINDS
from crm_app.services.exports.sheets import Progress, export, export_rows

__all__ = ["CARD_SUFFIXES", "KINDS", "Head", "Progress", "export", "export_rows"]

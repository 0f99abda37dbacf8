"""The currency of an amount, where a ledger names it in a column of its own."""

from __future__ import annotations

import re

from crm_app.domain.amounts import Currency
from crm_app.domain.import_headers import as_read
from crm_app.domain.kinds import Amount
from crm_app.i18n import _
from crm_app.services.imports.drafts import Notes

_YUAN = re.compile(r"人民币|rmb|cny|[¥￥]|^[万亿]?元$", re.I)
_DOLLARS = re.compile(r"美元|美金|(?<![a-z])us(?:d|\b|\$)|^\$$", re.I)
_CENTS = 100


def in_currency(notes: Notes, amount: Amount | None, word: str | None) -> Amount | None:
    """Return an amount in the currency a word names; the reason in ``notes`` where none is kept in that.

    An amount whose own cell names dollars stays as it is.
    """
    if amount is None or not word or amount.currency is Currency.USD:
        return amount
    plain = as_read(word)
    if _DOLLARS.search(plain):
        return Amount(amount.minor * _CENTS, Currency.USD)
    if not _YUAN.search(plain):
        told = _("Amounts are kept in yuan or US dollars; please convert “{word}” first.")
        notes.reasons.append(told.format(word=word))
    return amount

"""Rows of an import that may mean an enterprise of the book though neither code nor name says so, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm_app.db import duplicates
from crm_app.db.reader import Reader
from crm_app.domain.import_rows import Parsed
from crm_app.domain.likeness import SIGN_LABELS, Likeness, Traits, traits
from crm_app.i18n import _
from crm_app.progress import Report
from crm_app.services.imports.shelf import Shelf

_AT_ONCE = 1_000
MOST = 20_000
"""Of a larger ledger the first so many unknown rows are compared: a scan of the book finds the rest."""


def likely(
    reader: Reader, shelf: Shelf, rows: Sequence[Parsed], report: Report, *, lacks_codes: bool
) -> Mapping[str, list[tuple[str, str]]]:
    """Return, by the name a row gives, the enterprises it may mean as (name, name with the reasons), surest first.

    Asked are the names that neither a code nor a very name of the book has found. ``lacks_codes``: an enterprise of the
    book has no code. Raise what ``report`` raises.
    """
    unknown: dict[str, Parsed] = {}
    for row in rows:
        name, code = row.values.get("enterprise.name"), row.values.get("enterprise.uscc")
        # Two codes are two enterprises: where every enterprise has one, no other can be meant.
        if not name or "enterprise.id" in row.values or (code and (not lacks_codes or shelf.coded(code))):
            continue
        if not shelf.named(name):
            unknown.setdefault(name, row)
    asked = list(unknown.items())[:MOST]
    found: dict[str, list[tuple[str, str]]] = {}
    for start in range(0, len(asked), _AT_ONCE):
        report(start, len(asked), _("Looking for possible duplicates"))
        block = asked[start : start + _AT_ONCE]
        answers = duplicates.like_many(reader, [_traits(name, row) for name, row in block])
        for (name, _row), known in zip(block, answers, strict=True):
            if known:
                found[name] = [(one.name, _told(one.name, one.likeness)) for one in known]
    return found


def _traits(name: str, row: Parsed) -> Traits:
    values = row.values
    people = [one["phone"] for one in values.get("contacts", ()) if one.get("phone")]
    return traits(name, uscc=values.get("enterprise.uscc"), phones=people, address=values.get("enterprise.address"))


def _told(name: str, why: Likeness) -> str:
    reasons = _(", ").join(_(SIGN_LABELS[evidence.sign]) for evidence in why.evidence)
    return _("{name} ({reasons})").format(name=name, reasons=reasons)

"""What is said of a likeness: a line of evidence, and the words of a group."""

from __future__ import annotations

from collections.abc import Iterable

from crm_app.domain import phones
from crm_app.domain.likeness import SIGN_LABELS, VERDICT_LABELS
from crm_app.i18n import _, ngettext
from crm_app.services.duplicates import Evidence, Found, Group, Likeness, Sign

_MOST_NAMED = 2


def _shown(evidence: Evidence) -> tuple[str, str]:
    one, other = (phones.show(text) if evidence.sign is Sign.PHONE else text for text in (evidence.one, evidence.other))
    return one, other


def sides(evidence: Evidence) -> tuple[str, str]:
    """Return one sign, and what stands in the file above what stands in the book; once where it is the same."""
    one, other = _shown(evidence)
    if one == other:
        return _(SIGN_LABELS[evidence.sign]), one
    return _(SIGN_LABELS[evidence.sign]), _("File: {one}\nBook: {other}").format(one=one, other=other)


def told(evidence: Evidence) -> str:
    """Return one sign with what stands on each side; once where it is the same."""
    one, other = _shown(evidence)
    if one == other:
        return _("{sign}: {text}").format(sign=_(SIGN_LABELS[evidence.sign]), text=one)
    return _("{sign}: {one} | {other}").format(sign=_(SIGN_LABELS[evidence.sign]), one=one, other=other)


def reasons(likeness: Likeness) -> str:
    """Return the names of the signs, weightiest first."""
    return _(", ").join(_(SIGN_LABELS[evidence.sign]) for evidence in likeness.evidence)


def verdict(likeness: Likeness) -> str:
    """Return what the evidence comes to."""
    return _(VERDICT_LABELS[likeness.verdict])


def group(one: Group) -> str:
    """Return the verdict on a group, how many it holds, and why."""
    many = ngettext("{n} enterprise", "{n} enterprises", len(one.members)).format(n=len(one.members))
    return " · ".join((verdict(one.best), many, reasons(one.best)))


def known(found: Iterable[Found]) -> str:
    """Return the enterprises that may be the one being typed, each with why."""
    words = _("{name} ({reasons})")
    named = [words.format(name=one.name, reasons=reasons(one.likeness)) for one in list(found)[:_MOST_NAMED]]
    return _(", ").join(named)

"""Days of what has happened, of which a ledger knows the month alone."""

from __future__ import annotations

from datetime import date

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.days import FuzzyDay
from crm_app.i18n import _
from crm_app.services.imports.drafts import Notes


def dated(notes: Notes, said: FuzzyDay, *, by_today: bool = False) -> date:
    """Return the day by which it has certainly happened, as columns that are months are dated; it is remarked.

    ``by_today``: what has not happened yet is not told, so that a month under way is dated today.
    """
    if said.exact:
        return said.first
    day = min(said.last, max(said.first, clock.today())) if by_today else said.last
    notes.remarks.append(
        _("Only “{when}” is known of the day; it is dated {day}.").format(
            when=days.show_day(said), day=days.show_date(day)
        )
    )
    return day


def as_known(said: FuzzyDay, words: str | None) -> str | None:
    """Return what is noted beside a day, with how exactly the ledger knew it."""
    if said.exact:
        return words
    known = _known(said)
    return words if words and known in words else "\n".join(filter(None, (words, known)))


def only_known(said: FuzzyDay, words: str | None) -> bool:
    """Say whether what is noted beside a day tells that no more than ``said`` is known of it."""
    return words is not None and _known(said) in words.split("\n")


def now_known(said: FuzzyDay, words: str) -> str:
    """Return what is noted beside a day without that no more than ``said`` is known of it."""
    return "\n".join(line for line in words.split("\n") if line != _known(said))


def _known(said: FuzzyDay) -> str:
    return _("By the imported ledger: {when}, the day is not known").format(when=days.show_day(said))

"""What was typed into the log form, read into what the service asks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from crm_app.domain import amounts, phones, uscc
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services import enterprises, leads
from crm_app.services.book import Book
from crm_app.services.enterprises import Match
from crm_app.services.leads import Logged, LogLead
from crm_app.services.outcome import Outcome


@dataclass(frozen=True)
class Typed:
    """The fields as they stand in the form; ``chosen`` is the id of a suggestion that was taken."""

    enterprise: str
    chosen: str
    contact: str
    phone: str
    amount: str
    note: str
    next_step: str
    source: str


def read_request(typed: Typed) -> LogLead:
    """Return what to log; raise BadInput naming the field.

    A credit code or a phone typed where the enterprise stands is no name: the form says so instead of storing it.
    """
    name = typed.enterprise.strip()
    if not name:
        raise BadInput(_("Please name the enterprise."), field="name")
    if not typed.chosen and (uscc.looks_like(name) or phones.looks_like(name)):
        raise BadInput(_("No enterprise with this number is known yet; please type its name."), field="name")
    try:
        intent = amounts.parse_range(typed.amount) if typed.amount.strip() else None
    except BadInput as error:
        raise BadInput(str(error), field="intent") from error
    return LogLead(
        name=name,
        enterprise_id=UUID(typed.chosen) if typed.chosen else None,
        contact=typed.contact,
        phone=_phone(typed.phone),
        note=typed.note,
        intent=intent,
        next_step=typed.next_step,
        source=typed.source or None,
    )


def _phone(text: str) -> str | None:
    if not text.strip():
        return None
    try:
        return phones.parse(text)
    except BadInput as error:
        raise BadInput(str(error), field="phone") from error


def suggest(book: Book, text: str) -> list[Match]:
    """Return the enterprises meant by what was typed, or the one of an id."""
    try:
        wanted = UUID(text)
    except ValueError:
        return enterprises.suggest(book, text)
    return [Match(enterprises.enterprise_page(book, wanted).enterprise, "chosen")]


def save(book: Book, asked: LogLead) -> Outcome[Logged]:
    """Log the lead."""
    return leads.log_lead(book, asked)

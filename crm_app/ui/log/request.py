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
    uscc: str = ""


def read_request(typed: Typed) -> LogLead:
    """Return what to log; raise BadInput naming the field. A number is no name: the form moves it to its own field."""
    name = typed.enterprise.strip()
    if not name or (not typed.chosen and is_number(name)):
        raise BadInput(_("Please name the enterprise."), field="name")
    try:
        intent = amounts.parse_range(typed.amount) if typed.amount.strip() else None
    except BadInput as error:
        raise BadInput(str(error), field="intent") from error
    return LogLead(
        name=name,
        enterprise_id=UUID(typed.chosen) if typed.chosen else None,
        uscc=typed.uscc or None,
        contact=typed.contact,
        phone=_phone(typed.phone),
        note=typed.note,
        intent=intent,
        next_step=typed.next_step,
        source=typed.source or None,
    )


def is_number(text: str) -> bool:
    """Say whether a credit code or a phone was typed where the enterprise's name stands."""
    return uscc.looks_like(text) or phones.looks_like(text)


@dataclass(frozen=True)
class Placed:
    """Where a bare number belongs: the enterprises known by it, else the code or the phone it is."""

    known: tuple[Match, ...] = ()
    uscc: str = ""
    phone: str = ""


def place_number(book: Book, text: str) -> Placed:
    """Say where a bare number belongs; raise BadInput for a credit code with a slip."""
    if uscc.looks_like(text):
        code = uscc.normalize(text)
        known = [match for match in enterprises.suggest(book, code) if match.why == "same_uscc"]
        return Placed(tuple(known)) if known else Placed(uscc=code)
    known = [match for match in enterprises.suggest(book, text) if match.why == "same_phone"]
    return Placed(tuple(known)) if known else Placed(phone=text)


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

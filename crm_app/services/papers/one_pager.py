"""Gathers an enterprise's one-pager."""

from __future__ import annotations

from crm_app import clock
from crm_app.briefs import one_pager as briefs
from crm_app.briefs.content import Paper
from crm_app.briefs.one_pager import Dealing, OnePagerData
from crm_app.db.book import Book
from crm_app.domain import amounts, phones
from crm_app.domain.attainment import per_mu
from crm_app.domain.enterprises import Enterprise, Label
from crm_app.domain.entry_names import entry_name
from crm_app.domain.targets import Annual
from crm_app.i18n import _
from crm_app.services import enterprises
from crm_app.services.enterprises import ContactAt, TimelineEntry
from crm_app.services.papers import asked as common
from crm_app.services.papers import codes
from crm_app.services.papers.asked import Asked

_FACTS = ("ownership", "industry", "cluster", "staff", "country", "address")
_DEALINGS = 6
_TOLD = ("visit", "follow_up", "reception", "stage")


def compose(book: Book, asked: Asked) -> Paper:
    """Return the one-pager of an enterprise."""
    return briefs.compose(data_of(book, asked))


def data_of(book: Book, asked: Asked) -> OnePagerData:
    """Return what the one-pager of an enterprise is made of; a mobile number is masked unless asked otherwise."""
    page = enterprises.enterprise_page(book, asked.one())
    with book.read() as reader:
        bureau = common.bureau(reader)
        code = codes.code(reader, page.enterprise.id, page.enterprise.name, page.enterprise.uscc)
    known = page.enterprise
    told = [entry for entry in page.timeline if entry.kind in _TOLD]
    return OnePagerData(
        id=known.id,
        enterprise=known.name,
        uscc=known.uscc or "",
        region=known.shown("region"),
        facts=common.known_facts(known, _FACTS),
        products=known.products or "",
        chain_position=known.chain_position or "",
        labels=tuple(_label(label) for label in page.labels if _valid(label)),
        results=_results(known, page.annuals),
        expansion=known.expansion_signal or "",
        contacts=tuple(_contact(one, unmasked=asked.unmasked) for one in page.contacts),
        dealings=[_dealing(entry) for entry in told[:_DEALINGS]],
        earlier=max(len(told) - _DEALINGS, 0),
        fit=known.fit or "",
        topics=tuple(line.strip() for line in (known.topics or "").splitlines() if line.strip()),
        bureau=bureau,
        day=clock.today(),
        code=code,
    )


def _valid(label: Label) -> bool:
    return label.valid_to is None or label.valid_to >= clock.today()


def _label(label: Label) -> str:
    honour = entry_name(label.honour)
    return _("{honour} ({year})").format(honour=honour, year=label.year) if label.year else honour


def _results(known: Enterprise, annuals: list[Annual]) -> tuple[str, ...]:
    lines = []
    if known.revenue is not None:
        words = _("{year}: revenue {amount}")
        lines.append(words.format(year=known.revenue_year or "—", amount=amounts.show_money(known.revenue)))
    if known.tax is not None:
        words = _("{year}: tax {amount}")
        lines.append(words.format(year=known.tax_year or "—", amount=amounts.show_money(known.tax)))
    lines += [_result(one) for one in annuals[:3]]
    return tuple(lines)


def _result(one: Annual) -> str:
    """Return a year's result, with what it is on a mu where the land is known."""
    line = _("{year}: output {output}, tax {tax}").format(
        year=one.year, output=one.shown("output") or "—", tax=one.shown("tax") or "—"
    )
    staff = _(", staff {n}").format(n=one.staff) if one.staff is not None else ""
    named = ((_("output"), per_mu(one.output, one.land)), (_("tax"), per_mu(one.tax, one.land)))
    mu = _(", ").join(_("{name} {value}").format(name=name, value=f"{v.normalize():,f}") for name, v in named if v)
    return line + staff + (_(" (10,000 yuan a mu: {figures})").format(figures=mu) if mu else "")


def _contact(one: ContactAt, *, unmasked: bool) -> str:
    phone = one.contact.phone
    shown = "" if not phone else phones.show(phone) if unmasked else phones.mask(phone)
    return " ".join(part for part in (one.contact.name, one.position.title, shown) if part)


def _dealing(entry: TimelineEntry) -> Dealing:
    return Dealing(on=entry.when, what=_("{title}: {text}").format(title=entry.title, text=entry.text), id=entry.id)

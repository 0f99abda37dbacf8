"""What a row says of funds in place (到位资金): of which project, how much arrived on which day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from crm_app.domain import amounts, days, import_months
from crm_app.domain.amounts import Currency
from crm_app.domain.days import FuzzyDay
from crm_app.domain.import_rows import Parsed
from crm_app.domain.projects import Fund
from crm_app.i18n import _
from crm_app.services.imports import vague
from crm_app.services.imports.currency import in_currency
from crm_app.services.imports.drafts import Draft, Notes, fits, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.project_named import find_project
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.step_rows import tell_future


def take_fund_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a funds' ledger. An entry of the book is the one of that project, day, amount and kind.

    Where columns are months, each amount is an entry of its own, dated the last day of its month.
    """
    said = part(row.values, "fund")
    currency = said.pop("currency", None)
    entries = _months(notes, said)
    project = find_project(shelf, notes, row.values)
    notes.title = project.get("name") if project else ""
    if entries is None:
        known = shelf.children(Fund, "project_id", project) if project else ()
        said["amount"] = in_currency(notes, said.get("amount"), currency)
        entries = [_one(notes, _as_in_book(known, said))]
    else:
        entries = [{**one, "amount": in_currency(notes, one["amount"], currency)} for one in entries]
    if project is None or notes.reasons:
        return
    row_id = row.values.get("fund.id")
    made = [entry for entry in entries if _take(shelf, notes, project, row_id, entry)]
    notes.made = len(made) == len(entries)
    if made and not notes.made:
        notes.added += [days.show_date(entry["on"]) for entry in made]


def _months(notes: Notes, said: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Take the months out of what a row says, and return an entry for each; None where it has no such columns."""
    months = {name: said.pop(name) for name in list(said) if import_months.month_of(f"fund.{name}")}
    if not months:
        return None
    entries = []
    for name, amount in sorted(months.items()):
        year, month = import_months.month_of(f"fund.{name}") or (0, 0)
        if not year:
            notes.reasons.append(
                _("The year of month {n} is not said; write it in the header (2023年5月) or the title.").format(n=month)
            )
        elif amount.minor:
            entries.append({**said, "on": days.month_of(year, month).last, "amount": amount})
    if not entries and not notes.reasons:
        notes.reasons.append(_("The amount is missing."))
    return entries


def _as_in_book(known: Sequence[Draft], said: dict[str, Any]) -> dict[str, Any]:
    """Return what a row says with the day the book knows, where that is within the month the row knows alone."""
    span = said.get("on")
    if span is None or span.exact or said.get("amount") is None:
        return said
    alike = [one for one in _alike(known, said) if span.touches(one.get("on"), one.get("on"))]
    if not alike or any(one.get("on") == span.last for one in alike):
        return said
    return {**said, "on": FuzzyDay.of(alike[0].get("on"))}


def _one(notes: Notes, said: dict[str, Any]) -> dict[str, Any]:
    """Return the entry a row tells; of a month that is all that is known, with a note that says so."""
    if said.get("amount") is None:
        notes.reasons.append(_("The amount is missing."))
    span = said.get("on")
    if span is None:
        notes.reasons.append(_("The day on which the funds arrived is missing."))
        return said
    note = vague.as_known(span, said.get("note"))
    return {**said, "on": vague.dated(notes, span), **({"note": note} if note else {})}


def _take(shelf: Shelf, notes: Notes, project: Draft, row_id: UUID | None, said: dict[str, Any]) -> bool:
    """Take one entry and say whether it is a new one."""
    tell_future(notes, said["on"])
    known = shelf.children(Fund, "project_id", project)
    found = shelf.with_id(Fund, row_id) or _find(known, said)
    if found is None and (found := _known_by_month(known, said)) is not None and not said.get("note"):
        said["note"] = vague.now_known(_month(said), found.get("note"))
    if found is not None:
        put(found, notes, {"project_id": project.reference, **said})
        return False
    _tell_others_of_that_day(notes, known, said)
    shelf.make(Fund, "project_id", row_id=row_id, project_id=project.reference, **said)
    _tell_too_much(shelf, notes, project, said)
    return True


def _find(known: list[Draft], said: dict[str, Any]) -> Draft | None:
    fitting = (one for one in known if fits(one, said))
    free = (one for one in _alike(known, said) if one.get("on") == said["on"])
    return next(fitting, None) or next(free, None)


def _alike(known: Sequence[Draft], said: dict[str, Any]) -> list[Draft]:
    """Return the entries of this amount, and of this kind where both have one."""
    return [
        one
        for one in known
        if fits(one, {"amount": said["amount"]})
        and (None in (one.get("kind"), said.get("kind")) or one.get("kind") == said["kind"])
    ]


def _known_by_month(known: Sequence[Draft], said: dict[str, Any]) -> Draft | None:
    """Return the entry of which the book knows the month alone, and the row now the day."""
    month = _month(said)
    return next((one for one in _alike(known, said) if vague.only_known(month, one.get("note"))), None)


def _month(said: dict[str, Any]) -> FuzzyDay:
    return days.month_of(said["on"].year, said["on"].month)


def _tell_others_of_that_day(notes: Notes, known: list[Draft], said: dict[str, Any]) -> None:
    for one in known:
        if one.get("on") == said["on"]:
            notes.remarks.append(
                _("The project has {amount} on that day already; this is taken as another amount.").format(
                    amount=Fund.field("amount").kind.show(one.get("amount"))
                )
            )


def _tell_too_much(shelf: Shelf, notes: Notes, project: Draft, said: dict[str, Any]) -> None:
    """Over the total investment is told, and the note may give the reason."""
    total = project.get("total_investment")
    arrived = sum(
        one.get("amount").minor
        for one in shelf.children(Fund, "project_id", project)
        if one.get("amount").currency is Currency.CNY
    )
    if total is not None and arrived > total and not said.get("note"):
        notes.remarks.append(
            _("Funds in place ({sum}) exceed the total investment ({total}) as of {day}.").format(
                sum=amounts.show_money(arrived, Currency.CNY),
                total=amounts.show_money(total, Currency.CNY),
                day=days.show_date(said["on"]),
            )
        )

"""What must hold between the parts of a project: shares, agreements in order, amounts that fit, per-mu figures.

What counts in a figure is decided elsewhere (counting); here is what may be written down at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from crm_app.domain import amounts, attainment, days
from crm_app.domain.amounts import Currency
from crm_app.domain.counting import by_day
from crm_app.domain.days import FuzzyDay
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, Fund, Project, Signing
from crm_app.domain.stages import Stage
from crm_app.errors import BadInput, Refused
from crm_app.i18n import _

WHOLE = Decimal(100)
"""Per cent."""

_ON_A_CONTRACT = (Agreement.SUPPLEMENT, Agreement.CANCELLATION)


@dataclass(frozen=True)
class Share:
    """An investor's part of a project, in per cent."""

    enterprise_id: UUID
    share: Decimal
    role: str | None = None


@dataclass(frozen=True)
class PerMu:
    """亩均 figures in 万元/亩, two decimals; None where the land or the amount is unknown."""

    investment: Decimal | None
    output: Decimal | None
    tax: Decimal | None


def check_shares(shares: Sequence[Share]) -> None:
    """Raise BadInput where the shares of a project do not sum to 100 per cent, naming the sum (counting rule 9)."""
    if not shares:
        raise BadInput(_("Please name at least one investor."), field="share")
    if len({share.enterprise_id for share in shares}) < len(shares):
        raise BadInput(_("An enterprise stands twice among the investors; add its shares up."), field="share")
    total = sum((share.share for share in shares), Decimal(0))
    if total != WHOLE:
        raise BadInput(
            _("The investors' shares sum to {sum} %, not 100 %; correct them.").format(sum=_plain(total)), field="share"
        )


def equal_shares(count: int) -> list[Decimal]:
    """Return equal shares of at least one that sum to 100 per cent exactly; the first takes what rounding leaves."""
    each = (WHOLE / count).quantize(Decimal("0.01"))
    return [WHOLE - each * (count - 1), *[each] * (count - 1)]


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def contract_in_force(signings: Iterable[Signing]) -> Signing | None:
    """Return the formal contract that stands: the last one signed, unless it was cancelled since."""
    standing: Signing | None = None
    for signing in in_order(signings):
        if signing.kind is Agreement.FORMAL:
            standing = signing
        elif signing.kind is Agreement.CANCELLATION:
            standing = None
    return standing


def in_order(signings: Iterable[Signing]) -> list[Signing]:
    """Return agreements in the order in which they are counted: by day, then as they were entered."""
    return sorted(signings, key=by_day)


def check_signing(
    signings: Iterable[Signing], kind: Agreement, signed_on: FuzzyDay, rate: Decimal | None, rate_on: date | None
) -> None:
    """Raise where an agreement may not follow the ones there are.

    A supplement and a cancellation stand on a formal contract and not before it; a second formal contract is a project
    of its own (增资 by separate contract) unless the first was cancelled; a rate has a day (counting rule 4).
    """
    contract = contract_in_force(signings)
    if kind in _ON_A_CONTRACT:
        if contract is None:
            raise Refused(_("There is no formal contract in force; enter the formal contract first."))
        if signed_on.last < contract.signed_on.first:
            raise BadInput(
                _("The formal contract was signed on {day}; this cannot lie before it.").format(
                    day=days.show_day(contract.signed_on)
                ),
                field="signed_on",
            )
    if kind is Agreement.FORMAL and contract is not None:
        raise Refused(
            _(
                "A formal contract of {day} is in force; enter a supplement, or a project of its own for a separate "
                "contract."
            ).format(day=days.show_day(contract.signed_on))
        )
    if (rate is None) is not (rate_on is None):
        raise BadInput(
            _("An exchange rate and its day belong together; give both."), field="rate_on" if rate else "rate"
        )


def signing_warnings(
    before: Iterable[Signing], kind: Agreement, amount: Amount, rate: Decimal | None
) -> tuple[str, ...]:
    """Tell what will not count by itself: dollars without a rate (counting rule 4), a contract signed anew."""
    told = []
    if amount.currency is Currency.USD and rate is None:
        told.append(_("Without an exchange rate and its day this contract counts no yuan."))
    if kind is Agreement.FORMAL and any(one.kind is Agreement.FORMAL for one in before):
        told.append(_("The project was counted once; say with a reason if this contract counts too."))
    if kind is Agreement.CANCELLATION:
        told.append(_("The contract is cancelled; put the project aside if it has ended."))
    return tuple(told)


def fund_warning(project: Project, funds: Iterable[Fund], note: str | None) -> tuple[str, ...]:
    """Tell that the yuan in place exceed the total investment, and ask for the reason if none is given."""
    arrived = sum(fund.amount.minor for fund in funds if fund.amount.currency is Currency.CNY)
    total = project.total_investment
    if total is None or arrived <= total:
        return ()
    told = _("Funds in place ({sum}) exceed the total investment ({total}).").format(
        sum=amounts.show_money(arrived, Currency.CNY), total=amounts.show_money(total, Currency.CNY)
    )
    return (told,) if (note or "").strip() else (told, _("Please give the reason in the note."))


def fixed_warning(project: Project) -> tuple[str, ...]:
    """Tell that the fixed investment exceeds the total."""
    fixed, total = project.fixed_investment, project.total_investment
    if fixed is None or total is None or fixed <= total:
        return ()
    return (
        _("The fixed investment ({fixed}) exceeds the total investment ({total}).").format(
            fixed=amounts.show_money(fixed, Currency.CNY), total=amounts.show_money(total, Currency.CNY)
        ),
    )


def per_mu(project: Project) -> PerMu:
    """Return 投资强度, 亩均产值 and 亩均税收 of a project."""
    return PerMu(
        *(attainment.per_mu(yuan, project.land) for yuan in (project.fixed_investment, project.output, project.tax))
    )


_BROUGHT_BY = {
    Stage.SIGNED: (Agreement.FORMAL,),
    Stage.MOU: (Agreement.FRAMEWORK, Agreement.INTENT),
}


def reached_on(stage: Stage, on: date, signings: Iterable[Signing]) -> FuzzyDay:
    """Return when a project reached a stage, as precisely as it is known.

    What follows from an agreement is dated by it: where that is known to the month, the entry stands in the log at the
    month's last day, by which it has certainly come, and no day of it is told (counting rule 3).
    """
    spans = (one.signed_on for one in signings if one.kind in _BROUGHT_BY.get(stage, ()))
    vague = [span for span in spans if not span.exact and span.touches(on, on)]
    return vague[0] if vague else FuzzyDay.of(on)

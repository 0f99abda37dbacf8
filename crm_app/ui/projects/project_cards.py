"""The cards of one project's page, filled from what was read."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from crm_app import clock
from crm_app.domain import amounts, counting, days
from crm_app.domain.amounts import Currency
from crm_app.domain.counting import Counted
from crm_app.domain.entry_names import entry_name
from crm_app.domain.projects import AGREEMENT_LABELS, Agreement, Fund, Need, Signing
from crm_app.domain.stages import STAGE_LABELS
from crm_app.domain.tasks import Task
from crm_app.i18n import N_, _
from crm_app.services.projects import ProjectPage
from crm_app.ui import theme
from crm_app.ui.projects.cards import InfoCard, LinkLabel, Run, icon_link, link
from crm_app.ui.projects.marks import Mark, StageBadge, text_label
from crm_app.ui.projects.signing import count_in_words
from crm_app.ui.widgets.elided import Elided

_TIMELINE_SHOWN = 40
_TO_COME_BESIDE = 3
"""Milestones to come that stand beside one another."""
_AGREEMENT_COLOURS = {
    Agreement.INTENT: "mou",
    Agreement.FRAMEWORK: "mou",
    Agreement.FORMAL: "signed",
    Agreement.SUPPLEMENT: "signed",
    Agreement.CANCELLATION: "lost",
}
_TIMELINE_WORDS = {
    "stage": N_("Progress"),
    "signing": N_("Signing"),
    "milestone": N_("Milestone"),
    "fund": N_("Funds"),
    "follow_up": N_("Follow-up"),
    "visit": N_("Visit"),
}
Act = Callable[[Any], object]


def _day(text: str) -> QWidget:
    return text_label(text, "muted")


class InvestorsCard(InfoCard):
    """Who invests with what share, and what of the total that is."""

    def __init__(self, parent: QWidget, edit: Run, go: Act) -> None:
        super().__init__(_("Investors"), parent, add=_("Edit"), run=edit)
        self._go = go

    def show_page(self, page: ProjectPage) -> None:
        """Show the parties of a project."""
        total = page.project.total_investment
        shares = [one.investor.share or Decimal(0) for one in page.investors]
        parts = counting.split(total, shares) if total is not None else []
        rows = []
        for number, one in enumerate(page.investors):
            enterprise = one.enterprise.id
            name = LinkLabel(one.enterprise.name, partial(self._go, enterprise))
            share = (
                _("{share} %").format(share=one.investor.shown("share"))
                if one.investor.share is not None
                else _("share open")
            )
            part = amounts.show_money(parts[number]) if parts else ""
            shown = " · ".join(word for word in (share, part, one.investor.role or "") if word)
            rows.append([name, text_label(shown, "muted")])
        self.put_rows(rows, _("Nobody named yet. A formal contract asks for the investors and their shares."))


class SigningsCard(InfoCard):
    """The agreements with what each counts, and the switch."""

    def __init__(self, parent: QWidget, sign: Run, switch: Callable[[Signing, Counted], object]) -> None:
        super().__init__(_("Signings"), parent, add=_("Sign…"), run=sign)
        self._switch = switch

    def show_page(self, page: ProjectPage) -> None:
        """Show the agreements in order of day."""
        counted = {one.signing.id: one for one in page.counted(page.signings)}
        self.put_rows(
            [self._row(one, counted[one.id]) for one in page.signings],
            _("Nothing signed yet. Only a formal contract counts, in the period of its own day."),
            stretch=3,
        )

    def _row(self, signing: Signing, counted: Counted) -> list[QWidget]:
        badge = StageBadge(self)
        badge.show_word(_AGREEMENT_COLOURS[signing.kind], _(AGREEMENT_LABELS[signing.kind]))
        words = count_in_words(counted)
        if signing.count_reason and (signing.counted_projects is not None or signing.counted_yuan is not None):
            words = _("{counts}, switched: {reason}").format(counts=words, reason=signing.count_reason)
        if signing.note:
            words = f"{words} · {signing.note}"
        amount = signing.shown("amount")
        if signing.rate is not None:
            amount = f"{amount} × {signing.shown('rate')}"
        return [
            badge,
            _day(days.show_day(signing.signed_on)),
            text_label(amount),
            Elided(words, "muted"),
            icon_link("pencil", _("Count otherwise…"), lambda: self._switch(signing, counted)),
        ]


class ProgressCard(InfoCard):
    """进展记录: the stages with their days, newest last."""

    def __init__(self, parent: QWidget, move: Run) -> None:
        super().__init__(_("Progress entries"), parent, add=_("Move…"), run=move)

    def show_page(self, page: ProjectPage) -> None:
        """Show the entries in order."""
        rows = []
        for one in page.entries:
            badge = StageBadge(self)
            badge.show_stage(one.stage)
            said = " · ".join(word for word in (one.evidence, one.reason) if word)
            known = page.known_on(one)
            rows.append([badge, _day(days.show_day(known)), Elided(said, "muted")])
        self.put_rows(rows, _("No entry yet."), stretch=2)


class MilestonesCard(InfoCard):
    """注册, 供地, 备案…: those that are done with their days, and those to come; a click on one adds its day."""

    def __init__(self, parent: QWidget, add: Run, reach: Act) -> None:
        super().__init__(_("Milestones"), parent, add=_("Add"), run=add)
        self._reach = reach

    def show_page(self, page: ProjectPage) -> None:
        """Show what was reached by day, then what was not."""
        rows: list[list[QWidget]] = []
        for one in page.milestones:
            told = Elided(one.evidence or "", "muted")
            rows.append(
                [Mark("circle-check", "good"), text_label(entry_name(one.kind)), _day(days.show_date(one.on)), told]
            )
        reached = {one.kind for one in page.milestones}
        to_come = [kind for kind in page.milestone_kinds if kind not in reached]
        self.put_rows(rows, "", stretch=3)
        self.count.setText(f"{len(page.milestones)}/{len(page.milestones) + len(to_come)}")
        self.put_under([self._open(kind) for kind in to_come], _TO_COME_BESIDE)

    def _open(self, kind: str) -> QWidget:
        made = QWidget(self)
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.S)
        across.addWidget(Mark("circle", "edge"))
        across.addWidget(
            LinkLabel(entry_name(kind), partial(self._reach, kind), tip=_("Add the day of “{what}”").format(what=kind)),
            1,
        )
        return made


class FundsCard(InfoCard):
    """到位资金 with their sum, dollars apart, and how much of the total investment that is."""

    def __init__(self, parent: QWidget, add: Run) -> None:
        super().__init__(_("Funds in place"), parent, add=_("Add"), run=add)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Part of the total investment that is in place"))
        self.add_above(self.bar)

    def show_page(self, page: ProjectPage) -> None:
        """Show the amounts by day."""
        rows = [
            [
                text_label(one.shown("amount")),
                _day(days.show_date(one.on)),
                Elided(" · ".join(word for word in (one.kind, one.note) if word), "muted"),
            ]
            for one in page.funds
        ]
        self.put_rows(rows, _("Nothing has arrived yet."), stretch=2)
        total = page.project.total_investment
        part = 100 * _sums(page.funds)[Currency.CNY] // total if total and page.funds else None
        self.bar.setVisible(part is not None)
        self.bar.setValue(min(100, part or 0))
        of = "" if part is None else _("{part} % of the total investment").format(part=part)
        self.count.setText(" · ".join(word for word in (funds_in_words(page.funds), of) if word))


def _sums(funds: list[Fund]) -> dict[Currency, int]:
    return {
        currency: sum(one.amount.minor for one in funds if one.amount.currency is currency) for currency in Currency
    }


def funds_in_words(funds: list[Fund]) -> str:
    """Return the sums of yuan and of dollars, never added to one another (counting rule 4)."""
    return " · ".join(amounts.show_money(total, currency) for currency, total in _sums(funds).items() if total)


class NeedsCard(InfoCard):
    """要素/诉求 with department, day and state."""

    def __init__(self, parent: QWidget, add: Run, change: Act, solve: Act) -> None:
        super().__init__(_("Needs"), parent, add=_("Add"), run=add)
        self._change, self._solve = change, solve

    def show_page(self, page: ProjectPage) -> None:
        """Show open needs first."""
        needs = sorted(page.needs, key=lambda one: (one.solved_on is not None, one.id))
        self.put_rows([self._row(one) for one in needs], _("No land, plant, power or policy asked for yet."), stretch=1)
        still = sum(one.solved_on is None for one in needs)
        self.count.setText(_("{n} open").format(n=still) if still else "")

    def _row(self, need: Need) -> list[QWidget]:
        quantity = f"{need.shown('quantity')} {need.measure or ''}".strip()
        words = " · ".join(word for word in (need.text, quantity, need.dept) if word)
        state: QWidget
        if need.solved_on is not None:
            state = text_label(_("met {day}").format(day=days.show_date(need.solved_on)), "muted")
        else:
            state = link(_("Mark as met"), lambda: self._solve(need.id))
        return [
            LinkLabel(need.shown("kind"), partial(self._change, need), tip=_("Change a need")),
            Elided(words, "muted"),
            _due(need.due) if need.solved_on is None else text_label(""),
            state,
        ]


def _due(due: Any) -> QWidget:
    if due is None:
        return text_label("")
    today = clock.today()
    return text_label(days.relative(due, today), "error" if due < today else "muted")


class StepsCard(InfoCard):
    """下一步: what is due, ticked off in place."""

    def __init__(self, parent: QWidget, add: Run, finish: Callable[[UUID], object]) -> None:
        super().__init__(_("What is next"), parent, add=_("Next step…"), run=add)
        self._finish = finish

    def show_page(self, page: ProjectPage) -> None:
        """Show the open steps by day."""
        self.put_rows([self._row(one) for one in page.tasks], _("No next step. Set one, so that nothing stalls."))

    def _row(self, task: Task) -> list[QWidget]:
        done = link(_("Done"), lambda: self._finish(task.id), tip=_("Done: {what}").format(what=task.what))
        return [Elided(task.what), _due(task.due), done]


class PlaceCard(InfoCard):
    """Where the project lands: at signing and today; and its per-mu figures."""

    def __init__(self, parent: QWidget, move: Run) -> None:
        super().__init__(_("Park and per-mu"), parent, add=_("Set the park…"), run=move)

    def show_page(self, page: ProjectPage) -> None:
        """Show both parks and the three figures."""
        per_mu = page.per_mu
        unit = _("10k yuan per mu")
        wants = page.park_wants
        figures = (
            (_("Investment intensity"), per_mu.investment, wants.investment),
            (_("Output per mu"), per_mu.output, wants.output),
            (_("Tax per mu"), per_mu.tax, wants.tax),
        )
        if not page.park_today and not any(value for _title, value, _wanted in figures):
            self.put_rows([], _("No park yet. With a park and its land, the figures per mu stand here."))
            return
        lines = [(_("Park today"), page.park_today or "—")]
        if page.park_at_signing:
            lines.append((_("Park at signing"), page.park_at_signing))
        rows: list[list[QWidget]] = [[text_label(title, "muted"), text_label(value)] for title, value in lines]
        for title, value, wanted in figures:
            row: list[QWidget] = [text_label(title, "muted"), text_label(f"{value:,f} {unit}" if value else "—")]
            rows.append([*row, _beside_what_is_wanted(value, wanted)] if wanted is not None else row)
        if wants and wants.since:
            since = _("Thresholds since {day}").format(day=days.show_date(wants.since))
            rows.append([text_label("", "muted"), text_label(since, "muted")])
        self.put_rows(rows, "", stretch=1)
        self.count.setText("")


def _beside_what_is_wanted(reached: Decimal | None, wanted: Decimal) -> QWidget:
    """Say whether what is on a mu is what the park wants; its figure where none is known."""
    least = f"{wanted.normalize():,f}"
    if reached is None:
        return text_label(_("the park wants {least}").format(least=least), "muted")
    if reached < wanted:
        return text_label(_("below the {least} the park wants").format(least=least), "error")
    return text_label(_("as the park wants: {least} or more").format(least=least), "muted")


class TimelineCard(InfoCard):
    """Everything that happened, newest first."""

    def __init__(self, parent: QWidget, note: Run) -> None:
        super().__init__(_("Timeline"), parent, add=_("Log a follow-up"), run=note)

    def show_page(self, page: ProjectPage) -> None:
        """Show the newest entries."""
        rows = []
        this_year = clock.today().year
        for one in page.timeline[:_TIMELINE_SHOWN]:
            kind = _(_TIMELINE_WORDS[one.kind])
            words = " · ".join(word for word in (one.title, one.text) if word and word != kind) or one.title
            short = days.show_of_year(one.on) if one.on.year == this_year else days.show_short(one.on)
            if one.known:
                short = days.show_day(one.known)
            rows.append([_day(short), text_label(kind, "muted"), Elided(words)])
            rows[-1][0].setToolTip(days.show_day(one.known) if one.known else days.show_date(one.on))
        self.put_rows(rows, _("Nothing has happened yet."), stretch=2)


def stage_words(page: ProjectPage) -> str:
    """Return “since 6 June 2023” for the stage the project stands at."""
    return _("since {day}").format(day=days.show_day(page.stage_on)) if page.stage_on else _(STAGE_LABELS[page.stage])

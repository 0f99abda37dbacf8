"""签约: one agreement written down, with what it will count said before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QToolButton, QWidget

from crm_app import clock
from crm_app.domain import amounts, counting, days, project_rules, stages
from crm_app.domain.amounts import Currency
from crm_app.domain.counting import Counted
from crm_app.domain.days import FuzzyDay, Precision
from crm_app.domain.fields import Field
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import AGREEMENT_LABELS, Agreement, Project, Signing, StageEntry
from crm_app.domain.stages import Stage
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import projects
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.services.projects import ProjectPage, Question, Signed
from crm_app.ui import theme
from crm_app.ui.background import Progress
from crm_app.ui.projects.ask import WIDTH, AskDialog, asked
from crm_app.ui.projects.investors import InvestorsEditor
from crm_app.ui.projects.marks import text_label
from crm_app.ui.projects.moving import OPEN_REASON, SHARE, question_fields, tell
from crm_app.ui.session import Session

_ON_CONTRACT = (Agreement.SUPPLEMENT, Agreement.CANCELLATION)
_KIND = "kind"
_UNWRITTEN = UUID(int=2**128 - 1)
"""An id behind every other, as that of the signing being typed will be: ids order what was signed on one day."""
_KEPT = ("channel", "origin")
"""Facts of the project a formal contract settles: shown for a last look though they are known."""


@dataclass(frozen=True)
class Known:
    """A project and what 正式签约 still asks of it."""

    page: ProjectPage
    questions: list[Question]


def read_known(book: Book, project_id: UUID) -> Known:
    """Read both in one go."""
    return Known(projects.project_page(book, project_id), projects.stage_questions(book, project_id, Stage.SIGNED))


def in_force(page: ProjectPage) -> Signing | None:
    """Return the formal contract that stands."""
    return project_rules.contract_in_force(page.signings)


def likely(page: ProjectPage) -> Agreement:
    """Return the agreement that comes next: a supplement once a contract stands, else the formal contract."""
    return Agreement.SUPPLEMENT if in_force(page) else Agreement.FORMAL


def count_in_words(one: Counted) -> str:
    """Return “counts 1 project, 5.6亿元”, or that it counts nothing and why."""
    if not one.projects and not one.yuan:
        why = "; ".join(_(counting.DOUBT_LABELS[doubt]) for doubt in one.doubts)
        return _("counts nothing: {why}").format(why=why) if why else _("does not count")
    yuan = ("−" if one.yuan < 0 else "") + amounts.show_money(abs(one.yuan))
    words = ngettext("counts {n} project, {amount}", "counts {n} projects, {amount}", abs(one.projects))
    return words.format(n=one.projects if one.projects >= 0 else f"−{-one.projects}", amount=yuan)


class SigningDialog(AskDialog):
    """Which agreement, its day and amount; a formal contract settles park, channel, origin and what is still open."""

    def __init__(self, session: Session, parent: QWidget, known: Known, kind: Agreement) -> None:
        super().__init__(session, parent, _("Sign an agreement"), known.page.project.name)
        self._known, self._page = known, known.page
        self.kind = kind
        self.shares: InvestorsEditor | None = None
        self.counts = QLabel(self)
        self.counts.setProperty("role", "echo")
        self.counts.setWordWrap(True)
        self.kinds = self._make_kinds()
        self.place = text_label("", "muted", wrap=True)
        self.head_layout.addWidget(self.counts)
        self.head_layout.addWidget(self.place)
        self._ask_kind()
        self.keep_draft(f"signing:{self._page.project.id}")

    def _make_kinds(self) -> QButtonGroup:
        group = QButtonGroup(self)
        made = []
        for kind in Agreement:
            one = QToolButton(self.head)
            one.setText(_(AGREEMENT_LABELS[kind]))
            one.setAccessibleName(one.text())
            one.setToolTip(one.text())
            one.setCheckable(True)
            one.setChecked(kind is self.kind)
            one.setEnabled(kind not in _ON_CONTRACT or in_force(self._page) is not None)
            one.toggled.connect(lambda on, kind=kind: self._choose(kind) if on else None)
            group.addButton(one)
            made.append(one)
        self.head_layout.addLayout(_in_rows(made))
        return group

    def _choose(self, kind: Agreement) -> None:
        typed = self.typed()
        self.kind = kind
        self._ask_kind()
        self.put_typed({key: text for key, text in typed.items() if text.strip() and key != _KIND})
        self._show_counts()
        if self._edited:
            self._touch()

    def _settles(self) -> bool:
        """Whether this agreement moves the project to 正式签约 and asks what that stage asks."""
        entries = [(one.stage, one.on) for one in self._page.entries]
        return self.kind is Agreement.FORMAL and not stages.has_reached(entries, Stage.SIGNED)

    def _fields(self) -> list[Field]:
        needs_amount = self.kind is not Agreement.CANCELLATION
        own = [Signing.field("signed_on"), asked(Signing.field("amount"), needed=needs_amount)]
        own += [asked(Signing.field(name), needed=False) for name in ("rate", "rate_on")]
        if self._settles():
            open_ones = [one for one in self._known.questions if not one.key.startswith("signing.")]
            open_keys = {one.key for one in open_ones}
            own += [
                asked(Project.field(name), key=f"project.{name}", needed=False)
                for name in _KEPT
                if f"project.{name}" not in open_keys
            ]
            own += [one for one in question_fields(open_ones) if not one.name.startswith("stage_entry.")]
            if any(not one.needed for one in open_ones):
                own.append(
                    asked(
                        StageEntry.field("reason"),
                        key="reason",
                        needed=False,
                        label=OPEN_REASON,
                    )
                )
        return [*own, Signing.field("note")]

    def _ask_kind(self) -> None:
        project = self._page.project
        today = clock.today()
        values: dict[str, Any] = {
            "signed_on": FuzzyDay(today, today, Precision.DAY),
            "project.channel": project.channel,
            "project.origin": project.origin,
        }
        if self.kind is Agreement.FORMAL and project.total_investment is not None:
            values["amount"] = Amount(project.total_investment)
        self.ask(self._fields(), values)
        self._ask_shares()
        park = self._page.park_today
        self.place.setText(_("Park: {park}").format(park=park) if park else "")
        self.place.setVisible(bool(park) and self.kind is Agreement.FORMAL)
        self._show_counts()

    def _ask_shares(self) -> None:
        if self.shares is not None:
            self.shares.deleteLater()
            self.shares = None
        if self._settles() and any(one.key == SHARE for one in self._known.questions):
            self.shares = InvestorsEditor(self.session, self._page.investors, self.head)
            self.shares.edited.connect(self._touch)
            self.head_layout.addWidget(self.shares)

    def typed(self) -> dict[str, str]:
        """Return what is typed, the shares included."""
        shares = {SHARE: self.shares.typed()} if self.shares is not None else {}
        return super().typed() | shares | {_KIND: self.kind.value}

    def put_typed(self, kept: Mapping[str, str]) -> None:
        """Put a draft back, under the agreement it was typed for where that can still be signed."""
        known = {str(kind.value): one for kind, one in zip(Agreement, self.kinds.buttons(), strict=True)}
        typed_for = known.get(kept.get(_KIND, ""))
        if typed_for is not None and typed_for.isEnabled():
            typed_for.setChecked(True)
        super().put_typed({key: text for key, text in kept.items() if key != _KIND})
        if self.shares is not None:
            self.shares.set_typed(kept.get(SHARE, ""))

    def on_edited(self) -> None:
        """Say what the agreement will count as it is typed."""
        self._show_counts()

    def _read(self, name: str) -> Any:
        assert self.form is not None
        try:
            return self.form.editors[name].value()
        except BadInput:
            return None

    def _show_counts(self) -> None:
        assert self.form is not None
        amount = self._read("amount")
        dollars = isinstance(amount, Amount) and amount.currency is Currency.USD
        for name in ("rate", "rate_on"):
            cell = self.form.editors[name].parentWidget()
            if cell is not None:
                cell.setVisible(dollars)
        self.fit(hidden=0 if dollars else 2)
        self.counts.setText(self._counts(amount))

    def _counts(self, amount: Amount | None) -> str:
        on = self._read("signed_on")
        if on is None or (amount is None and self.kind is not Agreement.CANCELLATION):
            return _("Give the day and the amount to see what it counts.")
        if amount is None:
            contract = in_force(self._page)
            amount = contract.amount if contract else None
        made = Signing(
            id=_UNWRITTEN,
            project_id=self._page.project.id,
            kind=self.kind,
            signed_on=on,
            amount=amount,
            rate=self._read("rate"),
            rate_on=self._read("rate_on"),
        )
        counted = self._page.counted([*self._page.signings, made])
        own = next(one for one in counted if one.signing.id == made.id)
        return _("{day}: {counts}").format(day=days.show_day(on), counts=count_in_words(own))

    def save(self) -> None:
        """Write the agreement, and with a formal one what the stage asked."""
        assert self.form is not None
        values = self.form.values()
        own = {name: values.pop(name) for name in ("signed_on", "amount", "rate", "rate_on", "note")}
        if own["amount"] is None or own["amount"].currency is not Currency.USD:
            own["rate"] = own["rate_on"] = None
        reason = values.pop("reason", None)
        answers = {key: value for key, value in values.items() if value is not None}
        if self.shares is not None and (shares := self.shares.shares()):
            answers[SHARE] = shares
        kind, project = self.kind, self._page.project.id

        def work(book: Book, _progress: Progress) -> Outcome[Signed]:
            return projects.sign(book, project, kind=kind, reason=reason, answers=answers, **own)

        self.write(_("Sign an agreement"), work, lambda signed: tell(self.session, signed.warnings))

    def refuse(self, error: CrmError) -> None:
        """Show what the stage rules say about their day under the day of signing: here they are one."""
        if isinstance(error, BadInput) and error.field == "on":
            error = BadInput(str(error), field="signed_on")
        super().refuse(error)

    def start(self) -> None:
        """Open with the focus on the day; the kinds stand before it, one Shift+Tab away."""
        self.open()
        assert self.form is not None
        self.form.editors["signed_on"].setFocus(Qt.FocusReason.TabFocusReason)


def _in_rows(choices: list[QToolButton]) -> QGridLayout:
    """Put choices in one row, or in two where their words are too long for one."""
    grid = QGridLayout()
    grid.setSpacing(theme.XS)
    wide = sum(one.sizeHint().width() + theme.XS for one in choices)
    across = len(choices) if wide <= theme.px(WIDTH) - 2 * theme.L else (len(choices) + 1) // 2
    for place, one in enumerate(choices):
        grid.addWidget(one, place // across, place % across)
    grid.setColumnStretch(across, 1)
    return grid


def open_signing(session: Session, parent: QWidget, project_id: UUID) -> None:
    """Open the dialog with the agreement that comes next."""
    session.read(
        lambda book: read_known(book, project_id),
        lambda known: SigningDialog(session, parent, known, likely(known.page)).start(),
        owner=parent,
    )


class CountDialog(AskDialog):
    """Counting a signing otherwise than the rule says, with a reason."""

    def __init__(self, session: Session, parent: QWidget, signing: Signing, counted: Counted) -> None:
        words = f"{_(AGREEMENT_LABELS[signing.kind])} · {days.show_day(signing.signed_on)} · {signing.shown('amount')}"
        super().__init__(session, parent, _("Count a signing otherwise"), words)
        self._signing = signing
        hint = _("By the rule or as switched now it {counts}. Leave both empty to return to the rule.")
        self.head_layout.addWidget(text_label(hint.format(counts=count_in_words(counted)), "muted", wrap=True))
        fields = [
            asked(Signing.field("counted_projects"), needed=False),
            asked(Signing.field("counted_yuan"), needed=False),
            asked(Signing.field("count_reason"), needed=True),
        ]
        self.ask(fields, {field.name: getattr(signing, field.name) for field in fields})
        self.keep_draft(f"count:{signing.id}")

    def save(self) -> None:
        """Write the switch with its reason."""
        assert self.form is not None
        values = self.form.values()
        signing = self._signing.id
        self.write(
            self.windowTitle(),
            lambda book, _progress: projects.switch_count(
                book, signing, values["counted_projects"], values["counted_yuan"], values["count_reason"] or ""
            ),
        )

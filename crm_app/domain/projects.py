"""Projects (项目) and what happens to them: investors, signings, stages, milestones, parks, funds, needs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from crm_app.domain import pinyin
from crm_app.domain.amounts import Currency, MoneyRange
from crm_app.domain.days import FuzzyDay
from crm_app.domain.fields import GROUP_BUSINESS, GROUP_FACTS, GROUP_MONEY, Record, When, declare
from crm_app.domain.kinds import (
    Amount,
    AnyMoney,
    Choice,
    Day,
    Flag,
    Fuzzy,
    Money,
    Number,
    Option,
    Range,
    Ref,
    Tags,
    Text,
    Whole,
)
from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.i18n import N_, _


class Origin(StrEnum):
    """外引: attracted from outside; 内培: grown from an existing enterprise."""

    ATTRACTED = "外引"
    GROWN = "内培"


ORIGIN_LABELS = {Origin.ATTRACTED: N_("Attracted from outside"), Origin.GROWN: N_("Grown at home")}


class Agreement(StrEnum):
    """What was signed; only a FORMAL contract counts (counting rule 3)."""

    INTENT = "intent"
    FRAMEWORK = "framework"
    FORMAL = "formal"
    SUPPLEMENT = "supplement"
    CANCELLATION = "cancellation"


AGREEMENT_LABELS = {
    Agreement.INTENT: N_("Letter of intent"),
    Agreement.FRAMEWORK: N_("Framework agreement"),
    Agreement.FORMAL: N_("Formal contract"),
    Agreement.SUPPLEMENT: N_("Supplement"),
    Agreement.CANCELLATION: N_("Cancellation"),
}


class Project(Record, table="project", label=N_("Project")):
    """An investment project, separate from its enterprises."""

    name: str = declare(Text(), N_("Project name"), required=When.CREATE, group=GROUP_FACTS, searched=True)
    number: str | None = declare(Text(), N_("Project number"), required=When.AUTO)
    lead_id: UUID | None = declare(Ref("lead"), N_("Lead"), group=GROUP_FACTS)
    origin: Origin | None = declare(Option(Origin, ORIGIN_LABELS), N_("Origin"), required=When.SIGN, group=GROUP_FACTS)
    project_type: str | None = declare(
        Choice("project_type"), N_("Project type"), required=When.SIGN, group=GROUP_FACTS
    )
    content: str | None = declare(
        Text(lines=4), N_("What will be built"), required=When.REVIEW, group=GROUP_BUSINESS, searched=True
    )
    cluster: str | None = declare(Choice("cluster"), N_("Cluster"), required=When.REVIEW, group=GROUP_BUSINESS)
    industry: str | None = declare(Choice("industry"), N_("Industry"), required=When.REVIEW, group=GROUP_BUSINESS)
    channel: str | None = declare(Choice("channel"), N_("Channel"), required=When.SIGN, group=GROUP_BUSINESS)
    other_channels: tuple[str, ...] | None = declare(Tags(), N_("Other channels"), group=GROUP_BUSINESS)
    intent: MoneyRange | None = declare(Range(), N_("Expected amount"), unit="元", group=GROUP_MONEY)
    expected_on: FuzzyDay | None = declare(Fuzzy(), N_("Expected signing"), group=GROUP_MONEY)
    total_investment: int | None = declare(
        Money(), N_("Total investment"), required=When.SIGN, unit="元", group=GROUP_MONEY
    )
    fixed_investment: int | None = declare(
        Money(), N_("Fixed investment"), required=When.SIGN, unit="元", group=GROUP_MONEY
    )
    fdi_contracted: int | None = declare(
        Money(Currency.USD), N_("Contracted foreign investment"), unit="USD", group=GROUP_MONEY
    )
    output: int | None = declare(
        Money(), N_("Output at full capacity"), required=When.REVIEW, unit="元", group=GROUP_MONEY
    )
    tax: int | None = declare(Money(), N_("Tax at full capacity"), required=When.REVIEW, unit="元", group=GROUP_MONEY)
    jobs: int | None = declare(Whole(), N_("Jobs"), required=When.REVIEW, unit="人", group=GROUP_MONEY)
    land: Decimal | None = declare(Number(2), N_("Land"), unit="亩", group=GROUP_MONEY)
    agreed_start_on: date | None = declare(Day(), N_("Agreed start"), group=GROUP_FACTS)
    agreed_production_on: date | None = declare(Day(), N_("Agreed production"), group=GROUP_FACTS)
    dept: str | None = declare(Text(), N_("Department in charge"), required=When.AUTO, group=GROUP_FACTS)
    owner_id: UUID | None = declare(Ref("person"), N_("Owner"), required=When.AUTO, group=GROUP_FACTS)
    contact_id: UUID | None = declare(Ref("contact"), N_("Contact"), group=GROUP_FACTS)
    campaign: str | None = declare(Choice("campaign"), N_("Campaign"), group=GROUP_FACTS)
    in_bulletin: bool | None = declare(Flag(), N_("Named in the bulletin"), group=GROUP_FACTS)
    pinyin: str | None = declare(Text(), N_("Pinyin"), derived=lambda v: pinyin.sort_key(v["name"]))


class Investor(Record, table="investor", label=N_("Investor")):
    """A party of a project with its share; the shares of a signed project sum to 100 per cent."""

    unique = (("project_id", "enterprise_id"),)

    project_id: UUID = declare(Ref("project"), N_("Project"), required=When.CREATE)
    enterprise_id: UUID = declare(Ref("enterprise"), N_("Enterprise"), required=When.CREATE)
    share: Decimal | None = declare(Number(2), N_("Share"), required=When.SIGN, unit="%")
    role: str | None = declare(Text(), N_("Role"))


class Signing(Record, table="signing", label=N_("Signing")):
    """One agreement of a project.

    ``counted_projects`` and ``counted_yuan`` are empty where the rule decides; a value overrides it and wants a
    reason. ``rate`` is CNY for one USD, four decimals: without it a USD contract counts no yuan (counting rule 4).
    """

    project_id: UUID = declare(Ref("project"), N_("Project"), required=When.CREATE)
    kind: Agreement = declare(Option(Agreement, AGREEMENT_LABELS), N_("Agreement"), required=When.CREATE)
    signed_on: FuzzyDay = declare(Fuzzy(), N_("Signed on"), required=When.CREATE)
    amount: Amount | None = declare(AnyMoney(), N_("Amount"), required=When.CREATE)
    rate: Decimal | None = declare(Number(4), N_("Exchange rate"))
    rate_on: date | None = declare(Day(), N_("Day of the rate"))
    counted_projects: int | None = declare(Whole(0, 1), N_("Counts as projects"))
    counted_yuan: int | None = declare(Money(), N_("Counts as amount"), unit="元")
    count_reason: str | None = declare(Text(), N_("Reason for counting otherwise"))
    event_id: UUID | None = declare(Ref("event"), N_("Signing event"))
    note: str | None = declare(Text(), N_("Note"))


class StageEntry(Record, table="stage_entry", label=N_("Progress entry")):
    """进展记录: the only way a stage changes."""

    project_id: UUID = declare(Ref("project"), N_("Project"), required=When.CREATE)
    stage: Stage = declare(Option(Stage, STAGE_LABELS), N_("Stage"), required=When.CREATE)
    on: date = declare(Day(), N_("Day"), required=When.CREATE)
    evidence: str | None = declare(Text(), N_("Evidence"))
    reason: str | None = declare(Text(), N_("Reason"))


class Milestone(Record, table="milestone", label=N_("Milestone")):
    """注册, 供地, 备案, 环评, 施工许可, 纳统…: dated, in any order."""

    project_id: UUID = declare(Ref("project"), N_("Project"), required=When.CREATE)
    kind: str = declare(Choice("milestone"), N_("Milestone"), required=When.CREATE)
    on: date = declare(Day(), N_("Day"), required=When.CREATE)
    evidence: str | None = declare(Text(), N_("Evidence"))


class ProjectPark(Record, table="project_park", label=N_("Park of a project")):
    """Where a project lands, from a date: the park at signing and the park today are both known."""

    project_id: UUID = declare(Ref("project"), N_("Project"), required=When.CREATE)
    park: str = declare(Choice("park"), N_("Park"), required=When.CREATE)
    from_on: date | None = declare(Day(), N_("From"))
    reason: str | None = declare(Text(), N_("Reason"))


class Fund(Record, table="fund", label=N_("Funds in place")):
    """到位资金: one dated amount that arrived; foreign ones are actual FDI in USD, never added to CNY."""

    project_id: UUID = declare(Ref("project"), N_("Project"), required=When.CREATE)
    on: date = declare(Day(), N_("Day"), required=When.CREATE)
    amount: Amount = declare(AnyMoney(), N_("Amount"), required=When.CREATE)
    kind: str | None = declare(Text(), N_("Kind"))
    foreign: bool | None = declare(Flag(), N_("Foreign investment"))
    note: str | None = declare(Text(), N_("Note"))


OTHER_NEED = "其他"
"""The entry of the list of kinds an ask or a promise is of until another is chosen."""


class Need(Record, table="need", label=N_("Need")):
    """要素/诉求: what an enterprise or project needs, with a department, a due date and a state.

    With ``promised_on`` it is a promise of ours (承诺), to be kept by ``dept`` until ``due``.
    """

    kind: str = declare(Choice("need_kind"), N_("Kind of need"), required=When.CREATE)
    text: str | None = declare(Text(lines=2), N_("Need"), searched=True)
    quantity: Decimal | None = declare(Number(2), N_("Quantity"))
    measure: str | None = declare(Text(), N_("Unit"))
    enterprise_id: UUID | None = declare(Ref("enterprise"), N_("Enterprise"))
    project_id: UUID | None = declare(Ref("project"), N_("Project"))
    visit_id: UUID | None = declare(Ref("visit"), N_("Visit"))
    dept: str | None = declare(Text(), N_("Department"))
    due: date | None = declare(Day(), N_("Due"))
    solved_on: date | None = declare(Day(), N_("Solved on"))
    promised_on: date | None = declare(Day(), N_("Promised on"))
    fair_review: bool | None = declare(Flag(), N_("Fair competition reviewed"))

    @property
    def words(self) -> str:
        """What is wanted, in words: its kind, its text, how much; of no certain kind, its text alone."""
        quantity = f"{self.shown('quantity')} {self.measure or ''}".strip()
        said = " ".join(part for part in (self.text, quantity) if part)
        if said and self.kind == OTHER_NEED:
            return said
        return _("{kind}: {said}").format(kind=self.shown("kind"), said=said) if said else self.shown("kind")

    @property
    def mark(self) -> str:
        """Say which of the two it is, in a word."""
        return _("Promise") if self.promised_on else _("Ask")

    @property
    def marked(self) -> str:
        """What is wanted with the word for what it is in front, where next steps stand beside it."""
        return _("{mark}: {words}").format(mark=self.mark, words=self.words)

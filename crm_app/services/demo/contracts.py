"""The sample's signed projects: what each is made of, and how one is written with all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from crm_app.db.unit import Unit
from crm_app.domain.amounts import YI, Currency
from crm_app.domain.days import FuzzyDay
from crm_app.domain.kinds import Amount
from crm_app.domain.leads import Lead, Triage
from crm_app.domain.projects import (
    Agreement,
    Fund,
    Investor,
    Milestone,
    Origin,
    Project,
    ProjectPark,
    Signing,
    StageEntry,
)
from crm_app.domain.stages import Stage
from crm_app.services.demo.material import DAY, Company, Staff, pick, workday

EVIDENCE = "施工许可证(示例)"
CAMPAIGNS = ("招商五大行动", "五大倍增", "33618")
SOURCES = ("外出拜访", "驻外机构", "以商招商", "展会论坛", "商协会", "引荐人/委托机构", "基金机构")


@dataclass(frozen=True)
class Plan:
    """A fictional project to be written; ``n`` decides everything that is not said."""

    n: int
    companies: tuple[Company, ...]
    shares: tuple[int, ...]
    amount: Amount
    signed_on: FuzzyDay
    channel: str
    park: str
    origin: Origin
    type: str
    cluster: str
    signing: dict[str, Any] = field(default_factory=dict)
    dollars: int | None = None

    @property
    def yuan(self) -> int:
        """The total investment in whole yuan; a dollar contract's at its rate, or at seven for the plan."""
        if self.amount.currency is Currency.CNY:
            return self.amount.minor
        return int(Decimal(self.amount.minor) * self.signing.get("rate", Decimal(7)) / 100)


def project_name(company: Company) -> str:
    """Return the name of a company's project, marked as fictional."""
    return f"{company.short[:2]}{company.industry['build']}项目(示例)"


def write(unit: Unit, staff: Staff, plan: Plan) -> UUID:
    """Write the project with lead, investors, park, signing, progress, milestones and funds; return its id."""
    company = plan.companies[0]
    owner = pick(staff.promoters, plan.n)
    begun = workday(plan.signed_on.first - timedelta(days=80 + plan.n * 7 % 60))
    project = unit.insert(Project, **_facts(plan, company), lead_id=_lead(unit, plan, owner, begun), owner_id=owner)
    for one, share in zip(plan.companies, plan.shares, strict=True):
        unit.insert(Investor, project_id=project, enterprise_id=one.id, share=Decimal(share), role="投资方")
    unit.insert(ProjectPark, project_id=project, park=plan.park, from_on=begun)
    unit.insert(
        Signing,
        project_id=project,
        kind=Agreement.FORMAL,
        signed_on=plan.signed_on,
        amount=plan.amount,
        **plan.signing,
    )
    _progress(unit, plan, project, begun)
    return project


def _facts(plan: Plan, company: Company) -> dict[str, Any]:
    industry = company.industry
    fixed = plan.yuan * 8 // 10
    return {
        "name": project_name(company),
        "origin": plan.origin,
        "project_type": plan.type,
        "content": f"建设{industry['build']}，主要生产{industry['products']}",
        "cluster": plan.cluster,
        "industry": "制造业",
        "channel": plan.channel,
        "total_investment": plan.yuan,
        "fixed_investment": fixed,
        "fdi_contracted": plan.dollars,
        "output": plan.yuan * (12 + plan.n % 6) // 10,
        "tax": plan.yuan * (4 + plan.n % 4) // 100,
        "jobs": 60 + plan.yuan * 40 // YI,
        # 4.2 to 5.6 million yuan of fixed investment stand on one mu.
        "land": Decimal(fixed) / (4_200_000 + plan.n % 8 * 200_000),
        "agreed_start_on": plan.signed_on.last + timedelta(days=90),
        "agreed_production_on": plan.signed_on.last + timedelta(days=540),
        "campaign": None if plan.n % 3 else pick(CAMPAIGNS, plan.n // 3),
        "dept": "招商一科" if plan.n % 2 else "招商二科",
        "contact_id": company.contact_id,
    }


def _lead(unit: Unit, plan: Plan, owner: UUID, begun: date) -> UUID:
    company = plan.companies[0]
    return unit.insert(
        Lead,
        enterprise_id=company.id,
        title=f"{company.name} {company.industry['build']}",
        source=pick(SOURCES, plan.n),
        contact_id=company.contact_id,
        first_reporter_id=owner,
        registered_on=workday(begun - timedelta(days=14)),
        owner_id=owner,
        content=company.industry["build"],
        triage=Triage.FOLLOW,
    )


def _progress(unit: Unit, plan: Plan, project: UUID, begun: date) -> None:
    unit.insert(StageEntry, project_id=project, stage=Stage.NEGOTIATING, on=begun)
    if not plan.signed_on.exact:
        return
    signed = plan.signed_on.first
    unit.insert(StageEntry, project_id=project, stage=Stage.REVIEW, on=signed - timedelta(days=40))
    if plan.n % 6 == 1:
        mou = signed - timedelta(days=21)
        unit.insert(StageEntry, project_id=project, stage=Stage.MOU, on=mou)
        unit.insert(
            Signing, project_id=project, kind=Agreement.FRAMEWORK, signed_on=FuzzyDay.of(mou), amount=plan.amount
        )
    unit.insert(StageEntry, project_id=project, stage=Stage.SIGNED, on=signed)
    for after, kind in ((18, "注册"), (34, "备案"), (55, "供地"), (70, "环评"), (76, "施工许可")):
        on = workday(signed + timedelta(days=after + plan.n % 5))
        if on <= DAY and plan.n % 4 != 3:
            unit.insert(Milestone, project_id=project, kind=kind, on=on)
    start = workday(signed + timedelta(days=82 + plan.n % 11))
    if start <= DAY and plan.n % 4 != 3:
        unit.insert(StageEntry, project_id=project, stage=Stage.STARTED, on=start, evidence=EVIDENCE)
        _money(unit, plan, project, signed)
        produced = workday(start + timedelta(days=240 + plan.n % 40))
        if produced <= DAY and plan.n % 3 == 0:
            evidence = "首批产品下线照片(示例)"
            unit.insert(StageEntry, project_id=project, stage=Stage.PRODUCING, on=produced, evidence=evidence)


def _money(unit: Unit, plan: Plan, project: UUID, signed: date) -> None:
    for part in range(4):
        on = workday(signed + timedelta(days=45 + part * 70))
        if on <= DAY:
            amount = Amount(plan.yuan * 7 // 100_000_000 * 1_000_000)
            unit.insert(Fund, project_id=project, on=on, amount=amount, kind="固定资产投资", foreign=False)
    if plan.dollars:
        on = workday(signed + timedelta(days=60))
        amount = Amount(plan.dollars * 4 // 10, Currency.USD)
        unit.insert(Fund, project_id=project, on=on, amount=amount, kind="外方资本金", foreign=True)

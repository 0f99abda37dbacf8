"""The acceptance period's projects: the half-year with its traps, the year before, what is still being talked about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from crm_app.db.unit import Unit
from crm_app.domain import amounts, days
from crm_app.domain.amounts import Currency
from crm_app.domain.days import FuzzyDay
from crm_app.domain.enterprises import Category, Enterprise, Label
from crm_app.domain.events import PackagedProject, ProjectSet, ProjectSetItem
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, Investor, Origin, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.stages import ASIDE, LINE, Stage
from crm_app.services.demo import contracts
from crm_app.services.demo.companies import Companies
from crm_app.services.demo.contracts import Plan
from crm_app.services.demo.material import HALF_YEAR, Staff, pick, spread, words, workday, yuan

MILLION_DOLLARS = 100 * 1_000_000
"""A million US dollars in cents."""


class Portfolio:
    """Writes every project of the sample; ``half_year`` are the fictional ones of the half-year in order."""

    def __init__(self, unit: Unit, staff: Staff, companies: Companies) -> None:
        self.unit, self.staff, self.companies = unit, staff, companies
        self.data = words("projects")
        self.half_year: list[UUID] = []
        self.talking: list[UUID] = []
        self._n = 0

    def write(self) -> None:
        """Write all of it."""
        named = self._published()
        self._half_year()
        self._traps()
        self._year_before()
        self._pipeline()
        self._sets(named)

    def _plan(self, cluster: str, amount: Amount, signed_on: FuzzyDay, **more: Any) -> Plan:
        n = self._n
        self._n += 1
        usual: dict[str, Any] = {
            "companies": (self.companies.take(cluster),),
            "shares": (100,),
            "channel": pick(self.data["channels"], n),
            "park": pick(self.data["parks"], n),
            "origin": Origin.GROWN if n % 7 == 5 else Origin.ATTRACTED,
            "type": pick(self.data["types"], n),
        }
        return Plan(n=n, amount=amount, signed_on=signed_on, cluster=cluster, **(usual | more))

    def _sign(self, cluster: str, amount: Amount, signed_on: FuzzyDay, **more: Any) -> UUID:
        return contracts.write(self.unit, self.staff, self._plan(cluster, amount, signed_on, **more))

    def _published(self) -> dict[str, UUID]:
        found = {}
        for key in ("published", "illustrated"):
            for one in self.data[key]:
                found[one["name"]] = self._named(one, self.data[f"{key}_note"])
        return found

    def _named(self, one: dict[str, Any], note: str) -> UUID:
        """Write a project that was reported, with the facts reported and the note that says which they are."""
        enterprise = self.unit.insert(Enterprise, name=one["enterprise"], category=Category.COMPANY)
        for honour, year in one["labels"]:
            self.unit.insert(Label, enterprise_id=enterprise, honour=honour, year=year)
        on = date.fromisoformat(one["on"])
        project = self.unit.insert(
            Project,
            name=one["name"],
            origin=Origin(one["origin"]),
            project_type=one["type"],
            content=one.get("content"),
            cluster=one["cluster"],
            channel=one["channel"],
            total_investment=yuan(one["yi"]),
            owner_id=self.staff.promoters[0],
            in_bulletin=note == self.data["published_note"],
        )
        self.unit.insert(Investor, project_id=project, enterprise_id=enterprise, share=Decimal(100))
        self.unit.insert(ProjectPark, project_id=project, park=one["park"], from_on=on)
        amount = Amount(yuan(one["yi"]))
        self.unit.insert(
            Signing, project_id=project, kind=Agreement.FORMAL, signed_on=FuzzyDay.of(on), amount=amount, note=note
        )
        self.unit.insert(StageEntry, project_id=project, stage=Stage.SIGNED, on=on)
        return project

    def _half_year(self) -> None:
        traps = self.data["traps"]
        wanted = [
            (pick(group["clusters"], n), yuan(pick(group["yi"], n)))
            for group in self.data["half_year"]
            for n in range(group.get("times", len(group["yi"])))
        ]
        for n, (cluster, amount) in enumerate(wanted):
            # 23 has no factor in common with their number: the amounts lie scattered over the half-year.
            on = FuzzyDay.of(spread(*HALF_YEAR, n * 23 % len(wanted), len(wanted)))
            more: dict[str, Any] = {}
            if n == 7:
                more = {"companies": (self.companies.take(cluster), self.companies.take(cluster)), "shares": (60, 40)}
            if n == 20:
                on = days.parse_day(traps["only_month"], on.first)
            if n % 16 == 9:
                more["dollars"] = (5 + n % 7) * MILLION_DOLLARS
            self.half_year.append(self._sign(cluster, Amount(amount), on, **more))

    def _traps(self) -> None:
        traps = self.data["traps"]
        for key in ("year_end", "after", "vehicle_after", "only_year"):
            on = days.parse_day(traps[key]["on"], HALF_YEAR[1])
            self._sign(traps[key]["cluster"], Amount(yuan(traps[key]["yi"])), on)
        uncounted = traps["uncounted"]
        self._sign(
            uncounted["cluster"],
            Amount(yuan(uncounted["yi"])),
            FuzzyDay.of(date.fromisoformat(uncounted["on"])),
            signing={"counted_projects": 0, "counted_yuan": 0, "count_reason": uncounted["reason"]},
        )
        cancelled = self.unit.find(Signing, project_id=self.half_year[30], kind=Agreement.FORMAL)[0]
        self._later(
            cancelled.project_id,
            Agreement.CANCELLATION,
            traps["cancelled_on"],
            cancelled.amount,
            traps["cancelled_why"],
        )
        self.unit.insert(
            StageEntry,
            project_id=cancelled.project_id,
            stage=Stage.LOST,
            on=date.fromisoformat(traps["cancelled_on"]),
            reason="签约后解约",
        )
        added = traps["supplement"]
        self._later(self.half_year[31], Agreement.SUPPLEMENT, added["on"], Amount(yuan(added["yi"])), "增资(示例)")
        moved = traps["moved"]
        self.unit.insert(
            ProjectPark,
            project_id=self.half_year[32],
            park=moved["to"],
            from_on=date.fromisoformat(moved["on"]),
            reason=moved["reason"],
        )

    def _later(self, project: UUID, kind: Agreement, on: str, amount: Amount | None, note: str) -> None:
        day = FuzzyDay.of(date.fromisoformat(on))
        self.unit.insert(Signing, project_id=project, kind=kind, signed_on=day, amount=amount, note=note)

    def _year_before(self) -> None:
        before = self.data["last_year"]
        clusters = self.data["half_year"][2]["clusters"]
        first, second = before["count"], before["second_half"]
        for n in range(first):
            on = FuzzyDay.of(spread(date(2022, 1, 5), date(2022, 6, 29), n, first))
            self._sign(pick(clusters, n), Amount(yuan(pick(before["yi"], n))), on)
        for n in range(second):
            on = FuzzyDay.of(spread(date(2022, 7, 4), date(2022, 12, 20), n, second))
            self._sign(pick(clusters, n), Amount(yuan(pick(before["yi"], n + 4))), on)
        rated, unrated = self.data["dollars"], self.data["dollars_unrated"]
        rate = {"rate": Decimal(rated["rate"]), "rate_on": date.fromisoformat(rated["rate_on"])}
        for one, signing in ((rated, rate), (unrated, {})):
            cents = one["million"] * MILLION_DOLLARS
            on = FuzzyDay.of(date.fromisoformat(one["on"]))
            self._sign("先进材料", Amount(cents, Currency.USD), on, dollars=cents, signing=signing)

    def _pipeline(self) -> None:
        clusters = self.data["half_year"][2]["clusters"]
        for n, (stage, intent, expected) in enumerate(self.data["pipeline"]):
            begun = spread(date(2023, 1, 9), date(2023, 5, 20), n * 7 % 20, 20)
            project = self._talk(n, pick(clusters, n + 1), intent, expected)
            self.talking.append(project)
            for step, (one, reason) in enumerate(_steps(Stage(stage))):
                on = workday(begun + timedelta(days=step * 24))
                self.unit.insert(StageEntry, project_id=project, stage=one, on=on, reason=reason)
        mou = self.data["traps"]["mou"]
        project = self._talk(99, mou["cluster"], mou["yi"], "2023-12")
        on = date.fromisoformat(mou["on"])
        self.unit.insert(StageEntry, project_id=project, stage=Stage.NEGOTIATING, on=on - timedelta(days=60))
        self.unit.insert(StageEntry, project_id=project, stage=Stage.MOU, on=on)
        self._later(project, Agreement.FRAMEWORK, mou["on"], Amount(yuan(mou["yi"])), "框架协议，不计入签约(示例)")
        self.talking.append(project)

    def _talk(self, n: int, cluster: str, intent: str, expected: str) -> UUID:
        company = self.companies.take(cluster)
        project = self.unit.insert(
            Project,
            name=contracts.project_name(company),
            content=f"拟建设{company.industry['build']}",
            cluster=cluster,
            industry="制造业",
            channel=pick(self.data["channels"], n),
            intent=amounts.parse_range(f"约{intent}亿"),
            expected_on=days.parse_day(expected, HALF_YEAR[1]),
            owner_id=pick(self.staff.promoters, n),
            contact_id=company.contact_id,
        )
        self.unit.insert(Investor, project_id=project, enterprise_id=company.id, share=Decimal(100))
        return project

    def _sets(self, named: dict[str, UUID]) -> None:
        wanted = self.data["set"]
        chosen = [named[name] for name in wanted["projects"]] + self.half_year[: wanted["largest_fictional_vehicles"]]
        made = self.unit.insert(ProjectSet, name=wanted["name"], in_bulletin=True)
        for place, project in enumerate(chosen):
            self.unit.insert(ProjectSetItem, project_set_id=made, project_id=project, place=place)
        for one in self.data["packaged"]:
            values = {key: value for key, value in one.items() if key not in ("yi", "signed_as")}
            signed = self.half_year[one["signed_as"]] if "signed_as" in one else None
            self.unit.insert(PackagedProject, amount=yuan(one["yi"]), project_id=signed, **values)


def _steps(stage: Stage) -> Iterator[tuple[Stage, str | None]]:
    """Yield the way to a stage; a project on hold or lost was under review before."""
    line = LINE[: 2 if stage in ASIDE else LINE.index(stage) + 1]
    for one in line:
        yield one, None
    if stage in ASIDE:
        yield stage, "市场/融资变化暂停" if stage is Stage.ON_HOLD else "落户他地(填地名)"

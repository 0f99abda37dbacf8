"""The sample's enterprises: invented companies by city with contacts and honours, bodies that are no companies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from crm_app.db.unit import Unit
from crm_app.domain import people, phones
from crm_app.domain.amounts import WAN
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Category, Enterprise, EnterpriseName, Label, NameKind
from crm_app.services.demo.material import Company, pick, words

PER_REGION = 25
AT_HOME = 30


@dataclass
class Companies:
    """``by_region`` are met on trips, ``overseas`` abroad, ``home`` are established at home; ``bodies`` by region."""

    by_region: dict[str, list[Company]]
    home: list[Company]
    overseas: list[Company]
    bodies: dict[str, UUID]
    _taken: set[UUID] = field(default_factory=set)

    def take(self, cluster: str) -> Company:
        """Return a company of a cluster that has no project yet, from one city after the other."""
        in_turn: list[Company] = [company for row in zip(*self.by_region.values(), strict=True) for company in row]
        for company in in_turn:
            if company.industry["cluster"] == cluster and company.id not in self._taken:
                self._taken.add(company.id)
                return company
        raise LookupError(cluster)


def write(unit: Unit) -> Companies:
    """Write every invented company and body."""
    data = words("companies")
    numbers = count()
    by_region = {
        region["short"]: _write_region(unit, data, region["short"], region["full"], PER_REGION, numbers)
        for region in data["regions"]
    }
    home = _write_region(unit, data, data["home"]["short"], data["home"]["full"], AT_HOME, numbers)
    overseas = _write_overseas(unit, data, numbers)
    bodies = {
        region["short"]: unit.insert(
            Enterprise,
            name=region["body"],
            category=Category.OFFICE
            if "办公室" in region["body"] or "中心" in region["body"]
            else Category.ASSOCIATION,
            region=region["full"],
        )
        for region in data["regions"]
    }
    return Companies(by_region, home, overseas, bodies)


def _write_region(
    unit: Unit, data: dict[str, Any], short: str, full: str, how_many: int, numbers: Iterator[int]
) -> list[Company]:
    own = [next(numbers) for _one in range(how_many)]
    stems = {n: pick(data["first"], n) + pick(data["second"], n // 20 + n) for n in own}
    industries = {n: pick(data["industries"], n) for n in own}
    names = [f"{short}{stems[n]}{industries[n]['word']}有限公司{data['mark']}" for n in own]
    ids = unit.insert_many(
        Enterprise,
        [_facts(data, n, name, industries[n]) | {"region": full} for n, name in zip(own, names, strict=True)],
    )
    shorts = [stems[n] + industries[n]["word"] for n in own]
    unit.insert_many(
        EnterpriseName,
        [
            {"enterprise_id": row, "name": called, "kind": NameKind.SHORT}
            for row, called in zip(ids, shorts, strict=True)
        ],
    )
    unit.insert_many(Label, [label for n, row in zip(own, ids, strict=True) for label in _labels(data, n, row)])
    return [
        _with_contact(unit, data, n, row, name, called, short, industries[n])
        for n, row, name, called in zip(own, ids, names, shorts, strict=True)
    ]


def _facts(data: dict[str, Any], n: int, name: str, industry: dict[str, str]) -> dict[str, Any]:
    revenue = (3 + n * 37 % 240) * 1000 * WAN
    return {
        "name": name,
        "category": Category.COMPANY,
        "ownership": pick(data["ownership"], n),
        "industry": "制造业" if industry["word"] != "软件" else "信息传输、软件和信息技术服务业",
        "cluster": industry["cluster"],
        "chain_position": industry["chain"],
        "products": industry["products"],
        "revenue": revenue,
        "revenue_year": 2022,
        "tax": revenue * (3 + n % 4) // 100,
        "tax_year": 2022,
        "staff": 60 + n * 53 % 1400,
        "expansion_signal": pick(data["signals"], n),
        "fit": pick(data["fits"], n),
        "topics": pick(data["topics"], n // 2),
        "campaign": "五大倍增" if n % 4 == 1 else "招商五大行动" if n % 9 == 2 else None,
    }


def _labels(data: dict[str, Any], n: int, enterprise: UUID) -> Iterator[dict[str, Any]]:
    for honour in (pick(data["honours"], n // 3), pick(data["honours"], n // 3 + 1))[: 0 if n % 3 else 1 + n % 2]:
        until = honour["valid_to"]
        yield honour | {"enterprise_id": enterprise, "valid_to": date.fromisoformat(until) if until else None}


def _with_contact(
    unit: Unit,
    data: dict[str, Any],
    n: int,
    enterprise: UUID,
    name: str,
    short: str,
    region: str,
    industry: dict[str, str],
) -> Company:
    called, title = pick(data["surnames"], n) + pick(data["given"], n // 2), pick(data["titles"], n)
    contact = unit.insert(
        Contact,
        name=called + data["mark"],
        # The mark behind the name would hide the surname.
        salutation=people.salutation(called, title),
        phone=phones.parse(f"130{n + 1:08d}"),
    )
    since = date(2021, 1 + n % 12, 1)
    unit.insert(Position, contact_id=contact, enterprise_id=enterprise, title=title, from_on=since, main=True)
    return Company(enterprise, name, short, region, industry, contact, title)


def _write_overseas(unit: Unit, data: dict[str, Any], numbers: Iterator[int]) -> list[Company]:
    found = []
    for abroad in data["overseas"]:
        for name in abroad["companies"]:
            n = next(numbers)
            industry = pick(data["industries"], n)
            marked = name + data["mark"]
            row = unit.insert(
                Enterprise,
                name=marked,
                category=Category.COMPANY,
                ownership="外商独资",
                country=abroad["country"],
                address=abroad["city"],
                cluster="其他",
            )
            found.append(_with_contact(unit, data, n, row, marked, name[:4], abroad["country"], industry))
    return found

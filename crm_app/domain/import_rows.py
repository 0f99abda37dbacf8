"""What one row of a ledger says: typed values by target, or the reasons why it must go back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from crm_app.domain import import_cells
from crm_app.domain.import_cells import Spoken
from crm_app.domain.import_headers import JOIN
from crm_app.domain.import_kinds import PEOPLE, field_of, is_id
from crm_app.domain.imports import Column
from crm_app.domain.kinds import Choice
from crm_app.domain.records import RECORDS
from crm_app.errors import BadInput
from crm_app.i18n import _

Folds = Mapping[str, Mapping[str, str]]
"""For each editable list: the word written → the entry it stands for."""

SQUARE_METRES_A_MU = Decimal("666.67")


@dataclass(frozen=True)
class Parsed:
    """What a row says: values by target, and the reasons why it cannot be taken."""

    values: Mapping[str, Any]
    reasons: tuple[str, ...] = ()


def parse_row(columns: Sequence[Column], cells: Sequence[object], folds: Folds) -> Parsed:
    """Return the values of a row by target, or every reason why it cannot be taken."""
    values: dict[str, Any] = {}
    reasons: list[str] = []
    joined = _joined_targets(columns)
    for column in columns:
        cell = cells[column.index] if column.index < len(cells) else None
        if not column.target or cell is None:
            continue
        try:
            value = _read(column, cell, folds)
        except BadInput as error:
            reasons.append(_("{header}: {reason}").format(header=column.header.replace(JOIN, " "), reason=error))
            continue
        if value is None:
            continue
        if column.target in joined:
            value = f"{values[column.target]}\n" if column.target in values else ""
            value += _("{header}: {text}").format(header=column.header.replace(JOIN, " "), text=str(cell).strip())
        values[column.target] = value
        if column.target == "visit.on" and (spoken := import_cells.time_in(cell)):
            values.setdefault("visit.time", spoken)
    _fold_region(values)
    _gather_people(values, reasons)
    if "project.name" in values and "enterprise.name" in values:
        values["investors"] = _investors(values, reasons)
    return Parsed(values, tuple(reasons))


def _joined_targets(columns: Sequence[Column]) -> set[str]:
    targets = [column.target for column in columns if column.target]
    return {target for target in targets if targets.count(target) > 1}


def _read(column: Column, cell: object, folds: Folds) -> Any:
    target, text = column.target, import_cells.text_of(cell)
    if not text:
        return None
    if target in PEOPLE:
        return import_cells.people_in(text) or None
    if target == "contact.phone":
        return text
    if is_id(target):
        return _id_of(text)
    if target == "investor.share":
        return import_cells.share_of(text)
    if target in ("enterprise.short_name", "enterprise.former_name", "enterprise.alias"):
        return tuple(part for part in re.split(r"[、;；,，\n]+", text) if part.strip())
    one = field_of(target)
    value = import_cells.read_cell(one, cell, column.unit)
    if isinstance(one.kind, Choice):
        return folds.get(one.kind.list_name, {}).get(value, value)
    if isinstance(value, Decimal) and one.unit == "亩" and column.unit in ("平方米", "㎡"):
        return (value / SQUARE_METRES_A_MU).quantize(Decimal("0.01"))
    return value


def _id_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadInput(_("“{text}” is no id of a record; empty the cell for a new one.").format(text=text)) from error


def _fold_region(values: dict[str, Any]) -> None:
    province, city = values.pop("enterprise.province", ""), values.pop("enterprise.city", "")
    if "enterprise.region" not in values and (province or city):
        written = city if province == city else province + city
        values["enterprise.region"] = RECORDS["enterprise"].field("region").kind.parse(written)


def _gather_people(values: dict[str, Any], reasons: list[str]) -> None:
    """Put names, titles, phones and mail of a row together as ``contacts``; phones are read here."""
    people: list[Spoken] = list(values.pop("contact.people", ()))
    titles = values.pop("contact.title", "")
    spare: list[str] = []
    for place, extra in enumerate(import_cells.people_in(values.pop("contact.phone", ""))):
        if place < len(people) and not people[place].phone:
            people[place] = replace(people[place], phone=extra.phone)
        elif place >= len(people) and (extra.name or not people):
            people.append(extra)
        else:
            spare.append(extra.phone)
    parted = re.split(r"[、;；\n]+", titles) if len(people) > 1 else [titles]
    read = []
    for place, person in enumerate(people):
        title = person.title or (parted[place] if len(parted) == len(people) else "")
        contact = {"name": person.name, "title": title.strip() or None, "phone": _phone(person.phone, reasons)}
        read.append({**contact, "email": None, "note": None})
    if read:
        # Whatever else is declared of a contact belongs to the first who is named.
        for target in [one for one in values if one.startswith("contact.")]:
            read[0][target.removeprefix("contact.")] = values.pop(target)
        if spare and not read[0]["note"]:
            read[0]["note"] = _(", ").join(spare)
        values["contacts"] = tuple(read)


def _investors(values: dict[str, Any], reasons: list[str]) -> tuple[tuple[str, Decimal | None], ...]:
    """Return the parties a project's cell names, with the shares beside them: 甲公司60%、乙公司40%."""
    found: list[tuple[str, Decimal | None]] = []
    for part in re.split(r"[、;；\n]+", values["enterprise.name"]):
        beside = re.search(r"[（(:：\s]*(\d+(?:\.\d+)?\s*[%％])\s*[)）]?\s*$", part)
        share = None
        if beside:
            try:
                share = import_cells.share_of(beside.group(1).replace(" ", ""))
            except BadInput as error:
                reasons.append(str(error))
        name = part[: beside.start()].strip() if beside else part.strip()
        if name:
            found.append((name, share))
    if len(found) == 1 and found[0][1] is None:
        return ((found[0][0], values.get("investor.share")),)
    return tuple(found)


def _phone(text: str, reasons: list[str]) -> str | None:
    if "*" in text:
        # A masked number, as exports write them, says nothing new.
        return None
    try:
        parsed: str | None = RECORDS["contact"].field("phone").kind.parse(text)
    except BadInput as error:
        reasons.append(str(error))
        return None
    return parsed

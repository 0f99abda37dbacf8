"""How the rows of a ledger become values of declared fields: which column means which field, and what a row says.

Pure: it knows neither files nor the book. A row answers typed values, or the reasons why it must go back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from crm_app import i18n
from crm_app.domain import import_cells
from crm_app.domain.fields import Field
from crm_app.domain.import_cells import Spoken
from crm_app.domain.import_headers import JOIN, groups, split_unit
from crm_app.domain.kinds import AnyMoney, Choice, Money, Range, Ref, Text
from crm_app.domain.records import RECORDS
from crm_app.errors import BadInput
from crm_app.i18n import _

KINDS = ("enterprises", "leads", "visits", "projects")

Folds = Mapping[str, Mapping[str, str]]
"""For each editable list: the word written → the entry it stands for."""

SQUARE_METRES_A_MU = Decimal("666.67")

_NEEDED = {
    "enterprises": ("enterprise.name", "enterprise.uscc"),
    "leads": ("enterprise.name", "enterprise.uscc"),
    "visits": ("enterprise.name", "enterprise.uscc"),
    "projects": ("project.name",),
}
"""Of these at least one column must be there, or the kind is another."""

_RECORDS_OF = {
    "enterprises": ("enterprise", "contact", "position", "lead"),
    "leads": ("lead", "enterprise", "contact", "position"),
    "visits": ("visit", "enterprise", "contact", "position"),
    "projects": ("project", "signing", "investor", "project_park", "stage_entry", "enterprise", "contact", "position"),
}
"""The records whose own labels are understood as headers too, so that what was exported comes back."""

_LABEL_TARGETS = {
    "contact.name": "contact.people",
    "lead.enterprise": "enterprise.name",
    "lead.contact": "contact.people",
    "visit.enterprise": "enterprise.name",
    "investor.enterprise": "enterprise.name",
    "project.contact": "contact.people",
    "stage_entry.stage": "project.stage",
    "position.title": "contact.title",
    "project_park.park": "project.park",
}
_SPECIAL: dict[str, str] = {
    "enterprise.short_name": "enterprise_name.name",
    "enterprise.former_name": "enterprise_name.name",
    "enterprise.alias": "enterprise_name.name",
    "project.park": "project_park.park",
    "project.stage": "stage_entry.stage",
}
"""Targets that are read like another declared field."""

_AS_TEXT = (
    "enterprise.parent",
    "enterprise.province",
    "enterprise.city",
    "contact.title",
    "lead.owner",
    "lead.first_reporter",
    "visit.trip",
    "visit.our_people",
    "project.owner",
)
_PEOPLE = ("contact.people", "visit.their_people")


@dataclass(frozen=True)
class Column:
    """One column of the sheet: its header, the unit it names, and its target (empty: not understood, left alone)."""

    index: int
    header: str
    unit: str = ""
    target: str = ""

    @property
    def title(self) -> str:
        """What the column is taken for, in the language in use; empty where it is left alone."""
        record, _dot, name = _SPECIAL.get(self.target, self.target).partition(".")
        declared = {one.name: one for one in RECORDS[record].fields} if record in RECORDS else {}
        label = declared[name].title if name in declared else self.header
        return f"{_(RECORDS[record].label)} · {label}" if self.target else ""


@dataclass(frozen=True)
class Parsed:
    """What a row says: values by target, and the reasons why it cannot be taken."""

    values: Mapping[str, Any]
    reasons: tuple[str, ...] = ()


def _fold(header: str) -> str:
    body = unicodedata.normalize("NFKC", header).casefold()
    body = re.sub(r"\((?:必填|选填|可选|全称|盖章|公章|填写全称)\)|[*:\s☆★]", "", body)
    return re.sub(r"\(单位:?[^)]*\)", "", body)


@cache
def _words(kind: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for group in groups()[kind]:
        for target, words in group.items():
            for word in words:
                known.setdefault(_fold(word), target)
    return known


def _labels(kind: str) -> dict[str, str]:
    """Return the labels of the declared fields, in English and in the language in use."""
    return _labels_in(kind, i18n.language())


@cache
def _labels_in(kind: str, _language: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for table in _RECORDS_OF[kind]:
        for one in RECORDS[table].fields:
            refers = isinstance(one.kind, Ref)
            target = f"{table}.{one.name.removesuffix('_id') if refers else one.name}"
            target = _LABEL_TARGETS.get(target, target)
            if not one.derived and (not refers or target in _AS_TEXT or target in _LABEL_TARGETS.values()):
                known.setdefault(_fold(one.label), target)
                known.setdefault(_fold(one.title), target)
    if "investor" in _RECORDS_OF[kind]:
        label = RECORDS["investor"].label
        known |= {_fold(label): "enterprise.name", _fold(_(label)): "enterprise.name"}
    return known


def known_header(text: str) -> bool:
    """Say whether a cell reads like a header of any kind of ledger."""
    folded = _fold(split_unit(text)[0])
    return any(folded in _words(kind) or folded in _labels(kind) for kind in KINDS)


def _targets(kind: str, header: str) -> list[str]:
    """Return what a header of one or several rows may mean, likeliest first: the whole of it, else its lowest row."""
    parts = header.split(JOIN)
    for words in ("".join(parts), "".join(parts[-2:]), parts[-1]):
        folded = _fold(words)
        found = [known[folded] for known in (_words(kind), _labels(kind)) if folded in known]
        if found:
            return found
    return []


def columns_for(kind: str, headers: Sequence[str], table_unit: str = "") -> tuple[Column, ...]:
    """Return what each column is taken for; ``table_unit`` holds for amounts whose header names no unit.

    A second column of the same target is left alone, unless both are texts: those are put together.
    """
    columns: list[Column] = []
    taken: set[str] = set()
    for index, header in enumerate(headers):
        bare, unit = split_unit(header)
        target = next((one for one in _targets(kind, bare) if one not in taken or _joins(one)), "")
        taken.add(target)
        if target and not unit and isinstance(_field(target).kind, Money | Range | AnyMoney):
            unit = table_unit
        columns.append(Column(index, header, unit, target))
    return tuple(columns)


def guess_kind(headers: Sequence[str], names: Sequence[str] = ()) -> str:
    """Return the kind of ledger these headers belong to; ``names`` (of file and sheet) decide what they leave open."""
    words = " ".join((*headers, *names))
    lead = re.search(r"线索(?:名称|编号|来源|内容)|首报|初判|first reporter", words, re.I)
    if any(column.target == "project.name" for column in columns_for("projects", headers)) and not lead:
        return "projects"
    dated = any(column.target == "visit.on" for column in columns_for("visits", headers))
    if dated and re.search(r"拜访|走访|来访|会谈|洽谈|会见|纪要|visit", words, re.I):
        return "visits"
    return "leads" if lead or any("线索" in name for name in names) else "enterprises"


def check_columns(kind: str, columns: Sequence[Column]) -> None:
    """Raise BadInput where the columns a ledger of this kind cannot do without are missing, naming what was found."""
    if not any(column.target in _NEEDED[kind] for column in columns):
        found = _(", ").join(column.header for column in columns if column.header)
        wanted = _("project name") if kind == "projects" else _("enterprise name")
        raise BadInput(
            _("No column holds the {wanted}. Found: {found}. Rename the column and try again.").format(
                wanted=wanted, found=found
            )
        )
    if kind == "visits" and not any(column.target == "visit.on" for column in columns):
        raise BadInput(_("No column holds the day of the visits. Add one named 拜访日期 and try again."))


def _field(target: str) -> Field:
    record, _dot, name = _SPECIAL.get(target, target).partition(".")
    if target in _AS_TEXT or target in _PEOPLE or name not in {one.name for one in RECORDS[record].fields}:
        return Field(name, "", Text())
    return RECORDS[record].field(name)


def _joins(target: str) -> bool:
    return target not in _AS_TEXT and type(_field(target).kind) is Text and target not in _PEOPLE


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
    if target in _PEOPLE:
        return import_cells.people_in(text) or None
    if target == "contact.phone":
        return text
    if target == "investor.share":
        return import_cells.share_of(text)
    if target in ("enterprise.short_name", "enterprise.former_name", "enterprise.alias"):
        return tuple(part for part in re.split(r"[、;；,，\n]+", text) if part.strip())
    one = _field(target)
    value = import_cells.read_cell(one, cell, column.unit)
    if isinstance(one.kind, Choice):
        return folds.get(one.kind.list_name, {}).get(value, value)
    if isinstance(value, Decimal) and one.unit == "亩" and column.unit in ("平方米", "㎡"):
        return (value / SQUARE_METRES_A_MU).quantize(Decimal("0.01"))
    return value


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

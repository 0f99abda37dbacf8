"""Which column of a ledger means which field, and what kind of ledger it is, by the words of its headers.

Pure: it knows neither files nor the book.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from crm_app import i18n
from crm_app.domain.import_cells import DayOrder
from crm_app.domain.import_headers import JOIN, ROW_ID, groups, split_unit
from crm_app.domain.import_kinds import AS_TEXT, ID, KINDS, LABEL_TARGETS, NEEDED, RECORDS_OF, SPECIAL, field_of, joins
from crm_app.domain.kinds import AnyMoney, Money, Range, Ref
from crm_app.domain.records import RECORDS
from crm_app.errors import BadInput
from crm_app.i18n import _


@dataclass(frozen=True)
class Column:
    """One column of the sheet: its header, the unit it names, and its target (empty: not understood, left alone).

    ``day_order`` is asked of the user where the column's days do not tell it.
    """

    index: int
    header: str
    unit: str = ""
    target: str = ""
    day_order: DayOrder | None = None

    @property
    def title(self) -> str:
        """What the column is taken for, in the language in use; empty where it is left alone."""
        record, _dot, name = SPECIAL.get(self.target, self.target).partition(".")
        declared = {one.name: one for one in RECORDS[record].fields} if record in RECORDS else {}
        label = _(ROW_ID) if name == ID else declared[name].title if name in declared else self.header
        return f"{_(RECORDS[record].label)} · {label}" if self.target else ""


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
    row_id = f"{RECORDS_OF[kind][0]}.{ID}"
    known: dict[str, str] = {_fold(ROW_ID): row_id, _fold(_(ROW_ID)): row_id}
    for table in RECORDS_OF[kind]:
        for one in RECORDS[table].fields:
            refers = isinstance(one.kind, Ref)
            target = f"{table}.{one.name.removesuffix('_id') if refers else one.name}"
            target = LABEL_TARGETS.get(target, target)
            if not one.derived and (not refers or target in AS_TEXT or target in LABEL_TARGETS.values()):
                known.setdefault(_fold(one.label), target)
                known.setdefault(_fold(one.title), target)
    if "investor" in RECORDS_OF[kind]:
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
        target = next((one for one in _targets(kind, bare) if one not in taken or joins(one)), "")
        taken.add(target)
        if target and not unit and isinstance(field_of(target).kind, Money | Range | AnyMoney):
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
    if not any(column.target in NEEDED[kind] for column in columns):
        found = _(", ").join(column.header for column in columns if column.header)
        wanted = _("project name") if kind == "projects" else _("enterprise name")
        raise BadInput(
            _("No column holds the {wanted}. Found: {found}. Rename the column and try again.").format(
                wanted=wanted, found=found
            )
        )
    if kind == "visits" and not any(column.target == "visit.on" for column in columns):
        raise BadInput(_("No column holds the day of the visits. Add one named 拜访日期 and try again."))

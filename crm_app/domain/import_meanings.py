"""What the header of a column may mean: by the words ledgers use, and by what the program calls its fields itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from crm_app import clock, i18n
from crm_app.domain import import_people
from crm_app.domain.import_headers import JOIN, ROW_ID, as_read, groups, split_unit
from crm_app.domain.import_kinds import (
    AS_TEXT,
    ID,
    KINDS,
    LABEL_TARGETS,
    RECORD_OF,
    RECORDS_OF,
    YEAR_OF,
    label_targets,
)
from crm_app.domain.kinds import Ref
from crm_app.domain.records import RECORDS
from crm_app.domain.target_titles import OWN_TITLES
from crm_app.i18n import _

_REMARKS = re.compile(
    r"\((?:必填|选填|必选|可选|单选|多选|下拉选择|下拉|全称|填写全称|盖章|公章|\d+位|示例|单位:?[^)]*)\)|[*:\s☆★]"
)
"""What stands beside a header for whoever fills the sheet in."""
_BEGUN = re.compile("其中|求和项|sumof")


def _fold(header: str) -> str:
    body = _REMARKS.sub("", as_read(unicodedata.normalize("NFKC", header)).casefold())
    begun = _BEGUN.match(body)
    return (body[begun.end() :] if begun else body) or body


@cache
def _words(kind: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for group in groups()[kind]:
        for target, words in group.items():
            for word in words:
                known.setdefault(_fold(word), target)
    return known


def labels(kind: str) -> dict[str, str]:
    """Return the labels of the declared fields, in English and in the language in use."""
    return _labels_in(kind, i18n.language())


@cache
def _labels_in(kind: str, _language: str) -> dict[str, str]:
    row_id = f"{RECORD_OF[kind]}.{ID}"
    known: dict[str, str] = {_fold(ROW_ID): row_id, _fold(_(ROW_ID)): row_id}
    for table in RECORDS_OF[kind]:
        for one in RECORDS[table].fields:
            refers = isinstance(one.kind, Ref)
            target = label_targets(kind, f"{table}.{one.name.removesuffix('_id') if refers else one.name}")
            if not one.derived and (not refers or target in AS_TEXT or target in LABEL_TARGETS.values()):
                known.setdefault(_fold(one.label), target)
                known.setdefault(_fold(one.title), target)
    for target in set(_words(kind).values()) & OWN_TITLES.keys():
        known.setdefault(_fold(OWN_TITLES[target]), target)
        known.setdefault(_fold(_(OWN_TITLES[target])), target)
    if "investor" in RECORDS_OF[kind]:
        label = RECORDS["investor"].label
        known |= {_fold(label): "enterprise.name", _fold(_(label)): "enterprise.name"}
    return known


def known_header(text: str) -> bool:
    """Say whether a cell reads like a header of any kind of ledger."""
    return not _every_word(i18n.language()).isdisjoint(_forms(_fold(split_unit(text)[0])))


@cache
def _every_word(language: str) -> frozenset[str]:
    """Return the headers of all kinds of ledgers, folded."""
    return frozenset(word for kind in KINDS for word in (*_words(kind), *_labels_in(kind, language)))


def _forms(folded: str) -> tuple[str, ...]:
    """Return a header, and without the number that tells columns of one meaning apart: 联系人1, 备注2, 联系人2电话."""
    bare = import_people.NUMBER.sub("", folded)
    return (folded, bare) if bare and bare != folded else (folded,)


_OF_A_YEAR = re.compile(r"(20\d\d)年度?(?=\D|$)")
_OF_YEARS = (*YEAR_OF, "enterprise.staff")
"""Fields of an enterprise of which a ledger may have a column for each year: the last one counts."""


def of_years(kind: str, headers: Sequence[str]) -> dict[int, tuple[int, list[tuple[str, str]]]]:
    """Return the years of columns (2022年营收, 2023年营收) by their places, and with the last year's what it means."""
    found: dict[int, tuple[int, list[tuple[str, str]]]] = {}
    for place, header in enumerate(headers):
        parts = split_unit(header)[0].split(JOIN)
        parts.sort(key=lambda part: _OF_A_YEAR.fullmatch(part) is None)
        said = _OF_A_YEAR.match("".join(parts))
        words = "".join(parts)[said.end() :] if said else ""
        # 2023年产值 is the 年产值 of that year.
        meant = [one for one in meanings(kind, words) or meanings(kind, f"年{words}") if one[0] in _OF_YEARS]
        if said and meant and int(said[1]) <= clock.today().year:
            found[place] = int(said[1]), meant
    last: dict[str, int] = {}
    for year, meant in found.values():
        last[meant[0][0]] = max(year, last.get(meant[0][0], year))
    return {place: (year, meant if year == last[meant[0][0]] else []) for place, (year, meant) in found.items()}


def meanings(kind: str, header: str) -> list[tuple[str, str]]:
    """Return what a header of one or several rows may mean and why, likeliest first: all of it, else its lowest row."""
    parts = header.split(JOIN)
    for words in ("".join(parts), "".join(parts[-2:]), parts[-1]):
        whole, *numberless = _forms(_fold(words))
        known = whole in _words(kind) or whole in labels(kind)
        folded = numberless[0] if numberless and not known else whole
        found = []
        if folded in _words(kind):
            found.append((_words(kind)[folded], _("The header reads “{word}”.").format(word=words.strip())))
        if folded in labels(kind):
            found.append((labels(kind)[folded], _("The header is the name of this field.")))
        if found:
            return found
    return []

"""Which kinds of ledger a sheet may be as well, and what tells that it is the one it is taken for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm_app.domain.import_headers import JOIN, split_unit
from crm_app.domain.import_kinds import KINDS, RECORD_OF, field_said
from crm_app.domain.records import RECORDS
from crm_app.i18n import _

Columns = Mapping[str, str]
"""Headers by what they mean in a kind."""

_LEAST_OWN = 4
_MOST_OF_THEM = 0.8
"""So many of the fields of a record have to head columns, that a sheet is known for one of this program's own."""
_ALIKE = ({"enterprises", "contacts", "leads"}, {"projects", "signings"})
"""Kinds that take from a sheet nearly the same."""
_NAMED = 4


def headed_as_own(headers: Sequence[str]) -> str | None:
    """Return the kind nearly all fields of which head a sheet, as where one that was exported is renamed."""
    said = {split_unit(header)[0].casefold() for header in headers}
    found: list[tuple[float, str]] = []
    for kind in KINDS:
        fields = [one for one in RECORDS[RECORD_OF[kind]].fields if one.derived is None]
        met = sum(not said.isdisjoint({one.label.casefold(), one.title.casefold()}) for one in fields)
        if met >= _LEAST_OWN and met >= _MOST_OF_THEM * len(fields):
            found.append((met / len(fields), kind))
    return max(found)[1] if found else None


def near(kind: str, held: Mapping[str, Columns]) -> tuple[str, ...]:
    """Return the kinds that understand more of a sheet than the one it is taken for, most first.

    ``held`` are the columns that each kind understands for which there are enough.
    """
    weight = {one: (len(columns), _own(one, columns)) for one, columns in held.items()}
    mine = weight.get(kind, (0, 0))
    alike = next((group for group in _ALIKE if kind in group), {kind})
    others = [one for one in weight if one not in alike and weight[one] > mine and weight[one][1] > mine[1]]
    return tuple(sorted(others, key=weight.__getitem__, reverse=True))[:2] if mine[0] else ()


def _own(kind: str, columns: Columns) -> int:
    """Return how many columns say something of the very record a kind is of."""
    return sum(RECORD_OF[kind] in (one.partition(".")[0], field_said(one).partition(".")[0]) for one in columns)


def evidence(kind: str, columns: Columns) -> str:
    """Return the sentence that names the columns by which a sheet is taken for a kind."""
    own = [header for target, header in columns.items() if target.partition(".")[0] == RECORD_OF[kind]]
    named = own or [*columns.values()]
    words = _(", ").join(header.replace(JOIN, " ") for header in named[:_NAMED])
    return _("So say these columns: {headers}.").format(headers=words) if words else ""

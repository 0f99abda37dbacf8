"""What a row says of a need (要素, 诉求) or a promise: whose, of what kind, by which department and when."""

from __future__ import annotations

import re
from typing import Any

from crm_app.domain import names
from crm_app.domain.import_rows import Parsed
from crm_app.domain.projects import OTHER_NEED, Need
from crm_app.domain.visits import Visit
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.imports.belonging import of_day
from crm_app.services.imports.drafts import Draft, Notes, fits, put
from crm_app.services.imports.enterprise_rows import part, take_enterprise
from crm_app.services.imports.project_named import find_project
from crm_app.services.imports.shelf import Shelf

_QUANTITY = re.compile(r"约?\s*(\d[\d,.，]*)\s*(\D*?|[a-zA-Z]\S*?)\s*(?:左右|上下)?")
"""A number with its unit, in which a figure may stand: 约500人, 2000m3/天."""


def take_need_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a ledger of needs, of an enterprise, a project or both.

    A need in the book is the one of these in the same words; where a row has none, that of its kind and quantity.
    """
    values = row.values
    said = part(values, "need")
    _read_quantity(notes, said)
    if not said.get("kind") and not said.get("text"):
        notes.reasons.append(_("What is needed is missing."))
    project = find_project(shelf, notes, values) if _names(values, "project.name", "project.number") else None
    named = _names(values, "enterprise.name", "enterprise.uscc")
    if not named and project is None and not notes.reasons:
        notes.reasons.append(_("It does not say whose need it is; give the enterprise or the project."))
    taken = take_enterprise(shelf, notes, row) if named and not notes.reasons else None
    if notes.reasons:
        return
    enterprise, visit = taken[0] if taken else None, said.pop("visit", "")
    said["project_id"] = project.reference if project else None
    if enterprise is not None:
        said["enterprise_id"] = enterprise.reference
        said["visit_id"] = of_day(shelf, notes, Visit, enterprise, visit)
    of = enterprise or project
    notes.title = str(of.get("name")) if of else ""
    _take(shelf, notes, row, said)


def take_need_of(shelf: Shelf, notes: Notes, row: Parsed, project: Draft) -> None:
    """Take the need that stands beside what else a row says of its project (存在问题)."""
    said = part(row.values, "need")
    if not said.get("text"):
        return
    made, notes.made = notes.made, False
    _take(shelf, notes, row, {**said, "project_id": project.reference})
    if notes.made and project.id is not None:
        notes.added.append(_(Need.label))
    notes.made = made


def _read_quantity(notes: Notes, said: dict[str, Any]) -> None:
    """Read how much is needed; a unit behind the number (20000kVA) is the unit where the row names none."""
    written = said.pop("quantity", None)
    if written is None:
        return
    found = _QUANTITY.fullmatch(written)
    try:
        said["quantity"] = Need.field("quantity").kind.parse(found[1] if found else written)
    except BadInput as error:
        notes.reasons.append(_("{field}: {reason}").format(field=Need.field("quantity").title, reason=error))
        return
    if found and found[2]:
        said.setdefault("measure", found[2])


def _names(values: Any, *targets: str) -> bool:
    return any(values.get(target) for target in targets)


def _take(shelf: Shelf, notes: Notes, row: Parsed, said: dict[str, Any]) -> None:
    row_id = row.values.get("need.id")
    parent = "enterprise_id" if said.get("enterprise_id") else "project_id"
    found = shelf.with_id(Need, row_id) or _find(shelf.children_of(Need, parent, said[parent]), said)
    if found is None:
        said.setdefault("kind", OTHER_NEED)
        found = shelf.make(Need, parent, row_id=row_id, **said)
        notes.made = True
    else:
        put(found, notes, said)
    found.claimed.add("row")


def _find(known: list[Draft], said: dict[str, Any]) -> Draft | None:
    fitting = next((one for one in known if fits(one, said)), None)
    if fitting is not None:
        return fitting
    free = [one for one in known if "row" not in one.claimed and said.get("kind") in (None, one.get("kind"))]
    if said.get("text"):
        text = names.clean(said["text"])
        return next((one for one in free if names.clean(one.get("text") or "") == text), None)
    return next((one for one in free if one.get("quantity") == said.get("quantity")), None)

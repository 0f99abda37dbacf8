"""What a row says of an enterprise's year (年度实绩): output, tax, and the land it stands on."""

from __future__ import annotations

from crm_app.domain.import_rows import Parsed
from crm_app.domain.targets import Annual
from crm_app.i18n import _
from crm_app.services.imports.drafts import Notes, put
from crm_app.services.imports.enterprise_rows import part, take_enterprise
from crm_app.services.imports.shelf import Shelf


def take_annual_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a ledger of yearly results. A result in the book is the one of that enterprise and year."""
    said = part(row.values, "annual")
    if said.get("year") is None:
        notes.reasons.append(_("The year is missing; write it in a column or in the title."))
    if said.get("output") is None and said.get("tax") is None:
        notes.reasons.append(_("Neither output nor tax is given."))
    taken = take_enterprise(shelf, notes, row) if not notes.reasons else None
    if taken is None:
        return
    enterprise, _contacts = taken
    notes.title = f"{enterprise.get('name')} {said['year']}"
    row_id = row.values.get("annual.id")
    known = (one for one in shelf.children(Annual, "enterprise_id", enterprise) if one.get("year") == said["year"])
    found = shelf.with_id(Annual, row_id) or next(known, None)
    if found is not None:
        put(found, notes, {"enterprise_id": enterprise.reference, **said})
        return
    shelf.make(Annual, "enterprise_id", row_id=row_id, enterprise_id=enterprise.reference, **said)
    notes.made = True

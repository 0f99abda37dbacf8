"""What a row says of an honour of an enterprise (企业标签): which, by whom, of what year, until when."""

from __future__ import annotations

from crm_app.domain.enterprises import Label
from crm_app.domain.import_rows import Parsed
from crm_app.i18n import _
from crm_app.services.imports.drafts import Notes, put
from crm_app.services.imports.enterprise_rows import part, take_enterprise
from crm_app.services.imports.shelf import Shelf


def take_honour_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a list of honours. One in the book is that of its enterprise and year, else without a year."""
    said = part(row.values, "label")
    if not said.get("honour"):
        notes.reasons.append(_("The honour is missing."))
    taken = take_enterprise(shelf, notes, row) if not notes.reasons else None
    if taken is None:
        return
    enterprise, _contacts = taken
    notes.title = str(enterprise.get("name"))
    row_id = row.values.get("label.id")
    known = shelf.children(Label, "enterprise_id", enterprise)
    alike = [one for one in known if one.get("honour") == said["honour"]]
    same_year = (one for one in alike if one.get("year") == said.get("year"))
    open_year = (one for one in alike if None in (one.get("year"), said.get("year")))
    found = shelf.with_id(Label, row_id) or next(same_year, None) or next(open_year, None)
    if found is not None:
        put(found, notes, {"enterprise_id": enterprise.reference, **said})
        return
    shelf.make(Label, "enterprise_id", row_id=row_id, enterprise_id=enterprise.reference, **said)
    notes.made = True

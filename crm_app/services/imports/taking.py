"""Who takes a row of which kind of ledger."""

from __future__ import annotations

from collections.abc import Callable

from crm_app.domain.import_rows import Parsed
from crm_app.services.imports.drafts import Notes
from crm_app.services.imports.enterprise_rows import take_enterprise_row, take_lead_row
from crm_app.services.imports.project_rows import take_project_row
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.visit_rows import take_visit_row

TAKE: dict[str, Callable[[Shelf, Notes, Parsed], None]] = {
    "enterprises": take_enterprise_row,
    "leads": take_lead_row,
    "visits": take_visit_row,
    "projects": take_project_row,
}

"""Every section of the figures, in the order of a report."""

from __future__ import annotations

from datetime import date

from crm_app.domain.overview import Comparison
from crm_app.i18n import N_
from crm_app.ui.figures import signed_sections as signed
from crm_app.ui.figures import told_sections as told
from crm_app.ui.figures import work_sections as work
from crm_app.ui.figures.section import Section

HEADS = {
    "funnel": N_("On the whole"),
    "bands": N_("What was signed"),
    "league_teams": N_("Teams and people"),
    "progress": N_("After signing"),
    "road": N_("Towards enterprises"),
    "per_mu": N_("Besides"),
}
"""What stands in the rail above the section it begins with."""


def sections(found: Comparison, today: date) -> list[Section]:
    """Return the sections of a window; what is compared has the other window's values beside its own."""
    return [
        signed.funnel(found),
        told.stages(found),
        signed.months(found),
        told.activity(found),
        work.targets(found, today),
        signed.bands(found),
        *signed.distributions(found),
        *told.leagues(found),
        work.progress(found),
        told.overdue(found),
        told.promises(found),
        work.road(found),
        told.coverage(found),
        told.campaigns(found),
        work.per_mu(found),
        work.events(found),
        told.packaged(found),
        work.to_confirm(found),
    ]

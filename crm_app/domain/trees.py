"""What is part of what: which records go with one that is deleted, and which keep it from being deleted."""

from __future__ import annotations

from collections.abc import Mapping

from crm_app.i18n import N_

PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "enterprise": (
        ("enterprise_name", "enterprise_id"),
        ("label", "enterprise_id"),
        ("position", "enterprise_id"),
        ("annual", "enterprise_id"),
        ("need", "enterprise_id"),
        ("lead", "enterprise_id"),
        ("visit", "enterprise_id"),
        ("reception", "enterprise_id"),
        ("follow_up", "enterprise_id"),
        ("task", "enterprise_id"),
        ("trip_plan", "enterprise_id"),
        ("attachment", "enterprise_id"),
        ("distinct_pair", "one_id"),
        ("distinct_pair", "other_id"),
    ),
    "visit": (
        ("visit_person", "visit_id"),
        ("visit_contact", "visit_id"),
        ("need", "visit_id"),
        ("task", "visit_id"),
        ("attachment", "visit_id"),
    ),
    "lead": (("task", "lead_id"), ("follow_up", "lead_id")),
    "follow_up": (("task", "follow_up_id"), ("attachment", "follow_up_id")),
    "reception": (("reception_person", "reception_id"), ("task", "reception_id"), ("attachment", "reception_id")),
    "contact": (("position", "contact_id"),),
    "trip": (("trip_plan", "trip_id"), ("trip_member", "trip_id"), ("attachment", "trip_id")),
    "project": (
        ("investor", "project_id"),
        ("stage_entry", "project_id"),
        ("milestone", "project_id"),
        ("project_park", "project_id"),
        ("fund", "project_id"),
        ("need", "project_id"),
        ("task", "project_id"),
        ("follow_up", "project_id"),
        ("project_set_item", "project_id"),
        ("attachment", "project_id"),
    ),
}
"""Table → the tables of its parts, and the column by which they refer to it."""

HELD_BY: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "enterprise": (
        ("investor", "enterprise_id", N_("The enterprise invests in a project and stays; delete the project first.")),
    ),
    "trip": (("visit", "trip_id", N_("Visits are written under this trip; move or delete them first.")),),
    "project": (
        (
            "signing",
            "project_id",
            N_("Agreements were signed for this project; move it to “Lost” instead."),
        ),
    ),
    "lead": (("project", "lead_id", N_("A project came from this lead, so the lead stays.")),),
}
"""Table → what keeps a record of it: the table and column that lean on it, and the sentence that says so."""

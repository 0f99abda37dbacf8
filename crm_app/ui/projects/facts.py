"""The facts of a project beside its page: what is known under its headings; and the dialog that changes them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_app.domain.fields import GROUP_BUSINESS, GROUP_FACTS, GROUP_MONEY, Field, When
from crm_app.domain.projects import Project
from crm_app.i18n import _
from crm_app.services import projects
from crm_app.services.projects import ProjectPage
from crm_app.ui import theme
from crm_app.ui.projects.ask import FieldsDialog
from crm_app.ui.projects.cards import InfoCard, Run
from crm_app.ui.projects.marks import text_label
from crm_app.ui.session import Session

_GROUPS: tuple[tuple[str, ...], ...] = (
    ("cluster", "industry", "channel", "origin", "project_type", "campaign"),
    ("total_investment", "fixed_investment", "intent", "fdi_contracted", "output", "tax", "jobs", "land"),
    ("expected_on", "agreed_start_on", "agreed_production_on", "dept", "number"),
)
_ORDER = (GROUP_FACTS, GROUP_BUSINESS, GROUP_MONEY)
_ALWAYS = (When.REVIEW, When.SIGN)
"""Fields a stage asks for are shown as open while they are not known."""


class FactsCard(InfoCard):
    """What is known of the project; what a stage will ask and is not known is marked as open."""

    def __init__(self, parent: QWidget, edit: Run) -> None:
        super().__init__(_("Facts"), parent, add=_("Edit"), run=edit, icon="pencil")

    def show_page(self, page: ProjectPage) -> None:
        """Show the facts of a project."""
        grid = self.begin()
        grid.setColumnStretch(1, 1)
        row = 0
        if page.project.content:
            grid.addWidget(text_label(page.project.content, wrap=True), row, 0, 1, 2)
            row += 1
        for names in _GROUPS:
            lines = [line for name in names if (line := _line(page.project, Project.field(name))) is not None]
            if not lines:
                continue
            grid.setRowMinimumHeight(row, theme.S)
            for title, value in lines:
                row += 1
                grid.addWidget(text_label(title, "muted"), row, 0)
                grid.addWidget(text_label(value or _("open"), "" if value else "muted", wrap=True), row, 1)
            row += 1


def _line(project: Project, field: Field) -> tuple[str, str] | None:
    shown = project.shown(field.name)
    if not shown and field.required not in _ALWAYS:
        return None
    unit = f" {field.unit}" if shown and field.unit in ("亩", "人") else ""
    return field.title, shown + unit


def edited_fields() -> list[Field]:
    """Return what the edit dialog shows: everything but the lead the project came from."""
    shown = [field for field in Project.fields if field.name not in ("lead_id", "number")]
    return sorted(shown, key=lambda field: _ORDER.index(field.group))


def open_edit(session: Session, parent: QWidget, page: ProjectPage) -> None:
    """Open the dialog with every fact of a project."""
    project = page.project
    titles = {}
    if page.owner is not None:
        titles["owner_id"] = page.owner.name
    if page.contact is not None:
        titles["contact_id"] = page.contact.name
    before = {field.name: getattr(project, field.name) for field in edited_fields()}
    dialog = FieldsDialog(
        session,
        parent,
        _("Change a project"),
        project.name,
        edited_fields(),
        lambda book, values: projects.change_project(
            book, project.id, **{name: value for name, value in values.items() if value != before[name]}
        ),
        values=before,
        titles=titles,
        headings=True,
        draft=f"project:{project.id}",
    )
    dialog.start()

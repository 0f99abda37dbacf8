"""The facts of a project beside its page: what is known under its headings; and the dialog that changes them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from crm_app.domain.fields import GROUP_BUSINESS, GROUP_FACTS, GROUP_MONEY, Field
from crm_app.domain.projects import Project
from crm_app.domain.stages import STAGE_LABELS, Stage
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


class FactsCard(InfoCard):
    """What is known of the project, and what the next stage will ask that is not known yet."""

    def __init__(self, parent: QWidget, edit: Run) -> None:
        super().__init__(_("Facts"), parent, add=_("Edit"), run=edit, icon="pencil")

    def show_page(self, page: ProjectPage) -> None:
        """Show the facts of a project."""
        grid = self.begin()
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(1, 1)
        row = 0
        if page.next_stage is not None and page.lacking:
            grid.addWidget(self._lacking(page.next_stage, page.lacking), row, 0, 1, 2)
            grid.setRowMinimumHeight(row + 1, theme.XS)
            row += 2
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
                grid.addWidget(text_label(title, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(text_label(value, wrap=True), row, 1)
            row += 1

    def _lacking(self, stage: Stage, fields: Sequence[Field]) -> QLabel:
        """Say what the next stage will ask, so that it can be found out before."""
        titles = _(", ").join(field.title for field in fields)
        asked = _("“{stage}” will ask: {fields}").format(stage=_(STAGE_LABELS[stage]), fields=titles)
        return text_label(asked, "echo", wrap=True)


def _line(project: Project, field: Field) -> tuple[str, str] | None:
    shown = project.shown(field.name)
    unit = f" {field.unit}" if field.unit in ("亩", "人") else ""
    return (field.title, shown + unit) if shown else None


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

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

_BLOCKS: tuple[tuple[str, ...], ...] = ((GROUP_BUSINESS,), (GROUP_MONEY,), (GROUP_FACTS, ""))
"""What is shown together, by the groups of the declaration."""
_ON_PAGE = ("name", "content", "lead_id", "owner_id", "pinyin")
"""What stands elsewhere on the page, or says nothing to who reads it."""
_ORDER = (GROUP_FACTS, GROUP_BUSINESS, GROUP_MONEY)


class FactsCard(InfoCard):
    """What is known of the project, and what the next stage will ask that is not known yet."""

    def __init__(self, parent: QWidget, edit: Run) -> None:
        super().__init__(_("Facts"), parent, add=_("Edit"), run=edit)

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
        for groups in _BLOCKS:
            fields = [one for one in Project.fields if one.group in groups and one.name not in _ON_PAGE]
            lines = [line for field in fields if (line := _line(page, field)) is not None]
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


def _line(page: ProjectPage, field: Field) -> tuple[str, str] | None:
    # A flag that is not set says nothing of a project.
    value = getattr(page.project, field.name)
    shown = "" if value is False else _names(page).get(field.name) or page.project.shown(field.name)
    unit = f" {field.unit_title}" if field.unit in ("亩", "人") else ""
    return (field.title, shown + unit) if shown else None


def _names(page: ProjectPage) -> dict[str, str]:
    """Return what the records are called that a project names by their ids."""
    named = {"owner_id": page.owner, "contact_id": page.contact}
    return {field: one.name for field, one in named.items() if one is not None}


def edited_fields() -> list[Field]:
    """Return what the edit dialog shows: everything but the lead the project came from and what follows by itself."""
    shown = [one for one in Project.fields if not one.derived and one.name not in ("lead_id", "number")]
    return sorted(shown, key=lambda field: _ORDER.index(field.group))


def open_edit(session: Session, parent: QWidget, page: ProjectPage) -> None:
    """Open the dialog with every fact of a project."""
    project = page.project
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
        titles=_names(page),
        headings=True,
        draft=f"project:{project.id}",
    )
    dialog.start()

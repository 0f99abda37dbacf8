"""The small dialogs of a project's parts: milestones, funds, needs, parks, next steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app import clock
from crm_app.domain.projects import Fund, Milestone, Need, Project, ProjectPark
from crm_app.i18n import _
from crm_app.services import projects, tasks
from crm_app.services.leads import LeadRow
from crm_app.services.projects import ProjectPage
from crm_app.ui import theme
from crm_app.ui.projects.ask import AskDialog, FieldsDialog, asked
from crm_app.ui.projects.marks import text_label
from crm_app.ui.session import Session
from crm_app.ui.widgets.next_step import NextStepField

Open = Callable[[Session, QWidget, Project], None]


def open_milestone(session: Session, parent: QWidget, project: Project, kind: str | None = None) -> None:
    """Add a dated milestone, of a kind that is known where one is given."""
    FieldsDialog(
        session,
        parent,
        _("Add a milestone"),
        project.name,
        [Milestone.field(name) for name in ("kind", "on", "evidence")],
        lambda book, values: projects.add_milestone(book, project.id, **values),
        values={"kind": kind, "on": clock.today()},
        draft=f"milestone:{project.id}",
    ).start()


def open_fund(session: Session, parent: QWidget, project: Project) -> None:
    """Add funds that arrived."""
    FieldsDialog(
        session,
        parent,
        _("Add funds in place"),
        project.name,
        [Fund.field(name) for name in ("amount", "on", "kind", "foreign", "note")],
        lambda book, values: projects.add_fund(book, project.id, **values | {"foreign": bool(values["foreign"])}),
        values={"on": clock.today()},
        draft=f"fund:{project.id}",
    ).start()


_NEED_FIELDS = ("kind", "dept", "text", "quantity", "measure", "due", "fair_review")


def open_need(session: Session, parent: QWidget, project: Project, need: Need | None = None) -> None:
    """Add a need, or change one."""
    before = {name: getattr(need, name) for name in _NEED_FIELDS} if need else {}
    FieldsDialog(
        session,
        parent,
        _("Change a need") if need else _("Add a need"),
        project.name,
        [Need.field(name) for name in _NEED_FIELDS],
        (lambda book, values: projects.change_need(book, need.id, **values))
        if need
        else (lambda book, values: projects.add_need(book, project_id=project.id, **values)),
        values=before,
        draft=f"need:{need.id if need else project.id}",
    ).start()


def open_park(session: Session, parent: QWidget, page: ProjectPage) -> None:
    """Say where the project lands from a day on; a move asks its reason."""
    moves = bool(page.parks)
    FieldsDialog(
        session,
        parent,
        _("Set the park"),
        page.project.name,
        [
            ProjectPark.field("park"),
            asked(ProjectPark.field("from_on"), needed=False),
            asked(ProjectPark.field("reason"), needed=moves),
        ],
        lambda book, values: projects.set_park(book, page.project.id, **values),
        values={"from_on": clock.today()},
        draft=f"park:{page.project.id}",
    ).start()


class NextStepDialog(AskDialog):
    """下一步: what and when in one line of words."""

    def __init__(self, session: Session, parent: QWidget, about: str, belongs_to: dict[str, UUID | None]) -> None:
        super().__init__(session, parent, _("Add a next step"), about)
        self._belongs_to = belongs_to
        self.step = NextStepField(self.head)
        self.step.field.returnPressed.connect(self._submit)
        self.head_layout.addWidget(self.step)
        self.head_layout.addSpacing(theme.XS)
        self.head_layout.addWidget(text_label(_("Without a day it is due on the next working day."), "muted"))
        self.keep_draft(f"step:{next(one for one in belongs_to.values() if one)}")
        self.step.field.textEdited.connect(lambda _text: self._touch())

    def typed(self) -> dict[str, str]:
        """Return the line."""
        return {"next_step": self.step.text()}

    def put_typed(self, kept: Mapping[str, str]) -> None:
        """Put a draft back."""
        self.step.set_text(kept.get("next_step", ""))

    def save(self) -> None:
        """Make the step."""
        typed, belongs_to = self.step.text(), self._belongs_to
        self.write(self.windowTitle(), lambda book, _progress: tasks.add_task(book, typed, **belongs_to))


def open_next_step(session: Session, parent: QWidget, about: str, **belongs_to: UUID | None) -> NextStepDialog:
    """Open the dialog with the focus in its line; ``belongs_to`` is project_id, enterprise_id or lead_id."""
    dialog = NextStepDialog(session, parent, about, belongs_to)
    dialog.open()
    dialog.step.setFocus()
    return dialog


def open_step_of(session: Session, parent: QWidget, row: LeadRow) -> NextStepDialog:
    """Open the dialog for a step of a lead, its enterprise and its project."""
    return open_next_step(
        session,
        parent,
        row.enterprise.name,
        lead_id=row.lead.id,
        enterprise_id=row.enterprise.id,
        project_id=row.project_id,
    )


def finish_step(session: Session, task_id: UUID) -> None:
    """Tick a next step off."""
    session.write(_("Tick off a next step"), lambda book, _progress: tasks.finish_task(book, task_id))


def solve(session: Session, need_id: UUID) -> None:
    """Note that a need is met today."""
    session.write(_("Solve a need"), lambda book, _progress: projects.solve_need(book, need_id))


OPENERS: dict[str, Open] = {
    "milestone": open_milestone,
    "fund": open_fund,
    "need": partial(open_need, need=None),
}
"""What the cards of the page add, by what they hold."""

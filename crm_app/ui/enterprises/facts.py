"""The left column of an enterprise's page: facts, other names, contacts, honours, leads, projects, needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days, phones
from crm_app.domain.enterprises import Category, Enterprise, EnterpriseName
from crm_app.domain.fields import When
from crm_app.domain.kinds import Text
from crm_app.domain.projects import Investor, Need, Project
from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.i18n import _
from crm_app.services import enterprises
from crm_app.services.enterprises import ContactAt
from crm_app.ui import actions, theme
from crm_app.ui.enterprises import forms
from crm_app.ui.enterprises.reading import Shown
from crm_app.ui.enterprises.section import Mark, Section, focus_kept, small_button
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import paint_badge

WIDTH = 324
_YEARS = {"revenue": "revenue_year", "tax": "tax_year"}
"""An amount is read with its year beside it, not as two facts."""


class StageBadge(QWidget):
    """A project's stage as lists show it."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        self._words = _(STAGE_LABELS[stage])
        self.setFixedSize(self.fontMetrics().horizontalAdvance(self._words) + theme.px(16), theme.px(22))
        self.setAccessibleName(self._words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the badge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_badge(painter, self.rect(), self._words, theme.colours().stage(self._stage.value))
        painter.end()


class FactsPane(QScrollArea):
    """Sections one under the other, rebuilt when what they show changed."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: Shown | None = None
        self.setWidgetResizable(True)
        self.setFixedWidth(theme.px(WIDTH))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def put(self, shown: Shown) -> None:
        """Show an enterprise, keeping the place where it is the same one."""
        same = self._shown is not None and self._shown.page.enterprise.id == shown.page.enterprise.id
        place = self.verticalScrollBar().value() if same else 0
        self._shown = shown
        inside = QWidget()
        inside.setProperty("role", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.XS, 0)
        column.setSpacing(theme.S)
        for section in (
            self._facts(shown),
            self._contacts(shown),
            self._projects(shown),
            self._leads(shown),
            self._honours(shown),
            self._needs(shown.page.needs),
            self._names(shown),
        ):
            if section is not None:
                column.addWidget(section)
        column.addStretch(1)
        with focus_kept(self):
            self.setWidget(inside)
        self.verticalScrollBar().setValue(place)

    def edit(self) -> None:
        """Open the form with every fact."""
        if self._shown is not None:
            forms.open_edit(self._session, self.window(), self._shown.page.enterprise, self._shown.parent)

    def _facts(self, shown: Shown) -> Section:
        enterprise = shown.page.enterprise
        tip = f"{actions.spec('edit').title}  {actions.spec('edit').shown_keys}"
        section = Section(_("Facts"), _("Edit"), self.edit, tip)
        long_ones = []
        for field in Enterprise.fields:
            value = shown.parent if field.name == "parent_id" else enterprise.shown(field.name)
            ordinary = field.name == "category" and enterprise.category is Category.COMPANY
            if not value or field.derived or ordinary or field.name in ("name", *_YEARS.values()):
                continue
            if isinstance(field.kind, Text) and field.kind.lines > 1:
                long_ones.append((field.title, value))
                continue
            year = enterprise.shown(_YEARS[field.name]) if field.name in _YEARS else ""
            section.fact(
                field.title,
                _("{value} ({year})").format(value=value, year=year) if year else value,
                Mark("circle-check", "good", _("The check digit is right")) if field.name == "uscc" else None,
            )
        for title, value in long_ones:
            section.paragraph(title, value)
        unknown = [
            field.title
            for field in Enterprise.fields
            if field.required in (When.SUBMIT, When.REVIEW) and not enterprise.shown(field.name)
        ]
        if unknown:
            section.quiet(_("Not known yet: {fields}").format(fields=_(", ").join(unknown)))
        return section

    def _names(self, shown: Shown) -> Section:
        known = shown.page.enterprise.id
        section = Section(
            _("Other names"),
            _("Add"),
            partial(forms.open_name, self._session, self.window(), known),
            _("Add another name"),
        )
        for name in shown.page.names:
            remove = small_button(
                "x",
                _("Remove: {name}").format(name=name.name),
                partial(self._remove, name),
            )
            until = _("until {day}").format(day=days.show_date(name.to_on)) if name.to_on else ""
            section.entry(name.name, " ".join(part for part in (name.shown("kind"), until) if part), right=remove)
        if not shown.page.names:
            section.quiet(_("Former names, short names and aliases are found by search."))
        return section

    def _contacts(self, shown: Shown) -> Section:
        known = shown.page.enterprise.id
        section = Section(
            _("Contacts"),
            _("Add"),
            partial(forms.open_contact, self._session, self.window(), known),
            _("Add a contact"),
        )
        for contact in shown.page.contacts:
            section.entry(
                "  ".join(part for part in (contact.contact.name, contact.position.title) if part),
                self._reached(contact),
                right=small_button(
                    "pencil",
                    _("Change: {name}").format(name=contact.contact.name),
                    partial(forms.open_contact, self._session, self.window(), known, contact),
                ),
            )
        if not shown.page.contacts:
            section.quiet(_("Nobody is known here yet."))
        return section

    @staticmethod
    def _reached(contact: ContactAt) -> str:
        phone = phones.show(contact.contact.phone) if contact.contact.phone else ""
        spoken = contact.salutation if contact.salutation != contact.contact.name else ""
        return " · ".join(part for part in (spoken, phone, contact.contact.email) if part)

    def _honours(self, shown: Shown) -> Section:
        known = shown.page.enterprise.id
        section = Section(
            _("Honours"), _("Add"), partial(forms.open_honour, self._session, self.window(), known), _("Add an honour")
        )
        for label in shown.page.labels:
            expired = label.valid_to is not None and label.valid_to < clock.today()
            until = ""
            if label.valid_to:
                words = _("expired {day}") if expired else _("until {day}")
                until = words.format(day=days.show_date(label.valid_to))
            section.entry(
                label.honour,
                " · ".join(part for part in (label.shown("year"), label.issuer, until) if part),
                quiet=expired,
                right=small_button(
                    "pencil",
                    _("Change: {name}").format(name=label.honour),
                    partial(forms.open_honour, self._session, self.window(), known, label),
                ),
            )
        if not shown.page.labels:
            section.quiet(_("None is entered."))
        return section

    def _leads(self, shown: Shown) -> Section | None:
        if not shown.page.leads:
            return None
        section = Section(_("Leads"))
        for lead in shown.page.leads:
            detail = " · ".join(
                part for part in (lead.shown("registered_on"), lead.shown("triage"), lead.shown("intent")) if part
            )
            section.link(lead.content or lead.title or _("Lead"), detail, self._going(lead.id, "lead"))
        return section

    def _projects(self, shown: Shown) -> Section | None:
        if not shown.page.projects:
            return None
        section = Section(_("Projects"))
        for project, party in shown.page.projects:
            stage = shown.stages.get(project.id)
            section.link(
                project.name,
                _project_detail(project, party),
                self._going(project.id, ""),
                badge=StageBadge(stage) if stage else None,
            )
        return section

    def _remove(self, name: EnterpriseName) -> None:
        words = _("Remove: {name}").format(name=name.name)
        self._session.write(words, lambda book, _progress: enterprises.remove(book, name))

    def _going(self, record: UUID, view: str) -> Callable[[], None]:
        return partial(self._session.go, "projects", record, view)

    def _needs(self, needs: list[Need]) -> Section | None:
        if not needs:
            return None
        section = Section(_("Needs"))
        for need in needs:
            quantity = f"{need.shown('quantity')} {need.measure or ''}".strip()
            due = _("due {day}").format(day=need.shown("due")) if need.due and not need.solved_on else ""
            solved = _("solved {day}").format(day=need.shown("solved_on")) if need.solved_on else ""
            detail = " · ".join(part for part in (quantity, need.dept, due, solved) if part)
            section.entry(
                ": ".join(part for part in (need.kind, need.text) if part), detail, quiet=bool(need.solved_on)
            )
        return section


def _project_detail(project: Project, party: Investor) -> str:
    amount = project.shown("total_investment") or project.shown("intent")
    share = _("share {percent}%").format(percent=party.shown("share")) if party.share and party.share < 100 else ""
    return " · ".join(part for part in (amount, share) if part)

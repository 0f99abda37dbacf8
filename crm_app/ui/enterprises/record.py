"""The page of one enterprise: facts on the left; next steps and the timeline on the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_app.domain.enterprises import Category
from crm_app.i18n import _
from crm_app.services.enterprises import TimelineEntry
from crm_app.ui import actions, theme
from crm_app.ui.attachments import AttachmentsCard
from crm_app.ui.duplicates.partner import open_merge_with
from crm_app.ui.enterprises.events import Tab
from crm_app.ui.enterprises.facts import FactsPane
from crm_app.ui.enterprises.next_step import open_next_step
from crm_app.ui.enterprises.reading import Shown, read
from crm_app.ui.enterprises.steps import StepsCard
from crm_app.ui.enterprises.timeline import Timeline
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.records.deleting import ask_delete
from crm_app.ui.records.menu import RecordMenu, Target
from crm_app.ui.session import Session
from crm_app.ui.visits import open_visit
from crm_app.ui.widgets.elided import Elided

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_SHOWN_TABLES = (
    "enterprise",
    "enterprise_name",
    "contact",
    "position",
    "label",
    "lead",
    "project",
    "investor",
    "need",
    "task",
    "visit",
    "follow_up",
    "reception",
    "stage_entry",
    "attachment",
)


_WORDS_FROM, _ICON_ONLY = 900, 40
"""Widths: of the page from which its buttons bear words, and of a button without them."""


_DELETED_HERE = ("visit", "reception", "follow_up", "lead")
"""Entries of the timeline that can be deleted from it; a stage is taken back, not deleted."""


class EnterpriseView(QWidget):
    """Shows one enterprise and all that can be done with it, by keyboard too: F2, N, V, T, Ctrl+P."""

    shown = Signal(str)
    """An enterprise came on screen; the words for the status line."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._record: UUID | None = None
        self._known: Shown | None = None
        self.title = Elided("", "title", self)
        self.subtitle = Elided("", "muted", self)
        self.facts = FactsPane(session, self)
        self.steps = StepsCard(session, self._next_step, self)
        self.timeline = Timeline(self._note, self)
        self.timeline.opened.connect(self._open_entry)
        actions.make("delete", self.timeline.list, self._delete_entry)
        self.attachments = AttachmentsCard(session, self, most_rows=1)
        self._lay_out()
        for name, run in self._runs().items():
            actions.make(name, self, run)
        actions.make("edit", self, self.facts.edit)
        actions.make("attach", self, self.attachments.choose)

    def _runs(self) -> dict[str, Callable[[], None]]:
        return {
            "note": self._note,
            "write_visit": self._visit,
            "next_step": self._next_step,
            "one_pager": self._one_pager,
        }

    def _lay_out(self) -> None:
        back = QPushButton(_("All enterprises"), self)
        back.setProperty("role", "link")
        theme.put_icon(back, "arrow-left", "accent")
        back.clicked.connect(lambda _checked=False: self._session.go("enterprises", view="list"))
        head = QHBoxLayout()
        head.setSpacing(theme.XS)
        head.addWidget(back)
        head.addStretch(1)
        self._actions = self._buttons()
        for button in self._actions:
            head.addWidget(button)
        menu = RecordMenu(self._session, self, self._target, self._leave)
        menu.add("merge_with", self._merge_with)
        head.addWidget(menu)
        names = QVBoxLayout()
        names.setContentsMargins(theme.XS, 0, 0, theme.XS)
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.subtitle)
        right = QVBoxLayout()
        right.setSpacing(theme.S)
        right.addWidget(self.steps)
        right.addWidget(self.timeline, 1)
        right.addWidget(self.attachments)
        across = QHBoxLayout()
        across.setSpacing(theme.M)
        across.addWidget(self.facts)
        across.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.S, theme.L, theme.M)
        layout.setSpacing(theme.S)
        layout.addLayout(head)
        layout.addLayout(names)
        layout.addLayout(across, 1)

    def _buttons(self) -> list[QPushButton]:
        made = []
        for name, run in self._runs().items():
            spec = actions.spec(name)
            button = self._button(spec.title, spec.icon, run, f"{spec.title}  {spec.shown_keys}")
            if name == "note":
                button.setProperty("role", "primary")
                theme.put_icon(button, spec.icon, "on_accent")
            made.append(button)
        log = actions.spec("log")
        made.insert(2, self._button(_("New lead"), log.icon, self._log_lead, _("New lead")))
        return made

    def _button(self, words: str, icon: str, run: Callable[[], None], tip: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setToolTip(tip)
        button.setAccessibleName(words)
        button.setMinimumWidth(theme.px(_ICON_ONLY))
        theme.put_icon(button, icon)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show icons alone in a narrow window; the words are their tooltips."""
        super().resizeEvent(event)
        for button in self._actions:
            button.setText(button.accessibleName() if self.width() >= theme.px(_WORDS_FROM) else "")

    def show_record(self, record: UUID) -> None:
        """Show the enterprise a record belongs to."""
        self._record = record
        book = self._session.book
        self._latest.read(lambda: read(book, record), self._put, owner=self)

    def refresh(self, changes: Changes) -> None:
        """Read again where anything shown may have changed."""
        if self._record is not None and changes.touches(*_SHOWN_TABLES):
            self.show_record(self._record)

    def forget(self) -> None:
        """Show nothing: another place of the page is on top."""
        self._latest.drop()
        self._record = None

    def _put(self, known: Shown) -> None:
        first = self._known is None or self._known.page.enterprise.id != known.page.enterprise.id
        self._known = known
        enterprise = known.page.enterprise
        self.title.say(enterprise.name)
        what = enterprise.shown("category") if enterprise.category is not Category.COMPANY else ""
        parts = (what, enterprise.region, enterprise.cluster, enterprise.products)
        self.subtitle.say(
            " · ".join(" ".join(part.split()) for part in parts if part) or _("Nothing else is known yet")
        )
        self.facts.put(known)
        self.steps.put(known.page.tasks)
        self.timeline.put(known.page.timeline)
        self.attachments.show_for(enterprise_id=enterprise.id)
        if first:
            self.focus_first()
        self.shown.emit(
            _("Next steps: {steps} · in the timeline: {entries}").format(
                steps=len(known.page.tasks), entries=self.timeline.lines.count(Tab.ALL)
            )
        )

    def focus_first(self) -> None:
        """Let the arrow keys walk the timeline."""
        self.timeline.list.setFocus()

    def _target(self) -> Target | None:
        if self._record is None or self._known is None:
            return None
        known = self._known.page.enterprise
        return Target("enterprise", known.id, known.name)

    def _merge_with(self) -> None:
        if self._known is not None:
            known = self._known.page.enterprise
            open_merge_with(self._session, self.window(), known.id, known.name)

    def _leave(self) -> None:
        self.forget()
        self._session.go("enterprises")

    def _delete_entry(self) -> None:
        entry = self.timeline.current()
        if entry is not None and entry.kind in _DELETED_HERE:
            ask_delete(self._session, self, entry.kind, entry.id)

    def _note(self) -> None:
        if self._known is not None:
            known = self._known.page.enterprise
            open_follow_up(self._session, self.window(), about=known.name, enterprise_id=known.id)

    def _visit(self) -> None:
        if self._known is not None:
            open_visit(self._session, self.window(), enterprise_id=self._known.page.enterprise.id)

    def _log_lead(self) -> None:
        if self._known is not None:
            self._session.log_wanted.emit(self._known.page.enterprise.id)

    def _next_step(self) -> None:
        if self._known is not None:
            known = self._known.page.enterprise
            open_next_step(self._session, self.window(), known.id, known.name)

    def _one_pager(self) -> None:
        if self._known is not None:
            self._session.go("papers", self._known.page.enterprise.id, "one_pager")

    def _open_entry(self, entry: TimelineEntry) -> None:
        if entry.kind == "visit":
            open_visit(self._session, self.window(), visit_id=entry.id)
        else:
            self._session.go("projects", entry.id, "lead" if entry.kind == "lead" else "")

"""One reception (接待), read: who came, who received them, what came of it and what comes next."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_app.domain import days
from crm_app.domain.visits import Reception
from crm_app.i18n import _
from crm_app.services import receptions
from crm_app.services.receptions import ReceptionSheet
from crm_app.ui import actions, theme
from crm_app.ui.attachments import dropping
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.receptions.dialog import open_reception
from crm_app.ui.records.menu import RecordMenu, Target
from crm_app.ui.session import Session
from crm_app.ui.visits.wording import step
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.fitting import scrolled
from crm_app.ui.widgets.labelled import column, heading
from crm_app.ui.widgets.parts import button

_WIDTH = 640
_ELSEWHERE = ("guests", "enterprise_id", "host_id", "result")
"""Fields that are not shown in the order they are declared in."""


class ReceptionView(QWidget):
    """A page of the place of trips; ``failed`` carries the sentence where there is nothing to show."""

    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._reception: UUID | None = None
        self._sheet: ReceptionSheet | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.M)
        layout.addLayout(self._head())
        body = QWidget(self)
        self._card = QFrame(body)
        self._card.setProperty("role", "card")
        self._card.setFixedWidth(theme.px(_WIDTH))
        self._held = QVBoxLayout(self._card)
        self._held.setContentsMargins(theme.L - theme.link_inset(), theme.M, theme.L, theme.M)
        down = QVBoxLayout(body)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._card)
        down.addStretch(1)
        self._area = scrolled(body)
        layout.addWidget(self._area, 1)
        actions.make("edit", self, self.edit)
        actions.make("note", self, self._note)
        dropping.drop_on_page(session, self, self._drop_target)

    def _head(self) -> QHBoxLayout:
        self._title = Elided("", "title", self)
        self._under = QLabel(self)
        self._under.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self._title)
        head.addWidget(self._under)
        head.addStretch(1)
        self.correct = button(actions.spec("edit").title, self.edit, self)
        theme.put_icon(self.correct, "pencil")
        self.correct.setToolTip(actions.spec("edit").shown_keys)
        self._follow = button(actions.spec("note").title, self._note, self)
        theme.put_icon(self._follow, "note")
        self._follow.setToolTip(actions.spec("note").shown_keys)
        for one in (self.correct, self._follow):
            head.addWidget(one)
        head.addWidget(RecordMenu(self._session, self, self._target, self._leave))
        return head

    def _target(self) -> Target | None:
        return Target("reception", self._sheet.reception.id, self._title.text()) if self._sheet else None

    def _drop_target(self, _spot: QPoint) -> dropping.Target | None:
        if self._sheet is None or self._sheet.enterprise is None:
            return None
        known = self._sheet.reception
        return dropping.Target("reception", known.id, self._title.text(), on=known.on)

    def _leave(self) -> None:
        self._reception = self._sheet = None
        self._session.go("trips")

    def open(self, reception_id: UUID) -> None:
        """Show a reception, from its beginning."""
        if reception_id != self._reception:
            self._reception, self._sheet = reception_id, None
            self._area.verticalScrollBar().setValue(0)
        self.reload()

    def focus_first(self) -> None:
        """Let the record's shortcuts be heard."""
        self.correct.setFocus()

    def reload(self) -> None:
        """Read the reception again, where one is shown."""
        wanted, book = self._reception, self._session.book
        if wanted is not None:
            self._latest.read(
                lambda: receptions.reception_sheet(book, wanted), self._show, self.failed.emit, owner=self
            )

    def edit(self) -> None:
        """Open the form with this reception."""
        if self._reception is not None:
            open_reception(self._session, self.window(), reception_id=self._reception)

    def paste_file(self) -> bool:
        """Keep the files or the picture of the clipboard with the enterprise, under the day of the reception."""
        target = self._drop_target(QPoint())
        return target is not None and dropping.paste(self._session, self.window(), target)

    def _note(self) -> None:
        enterprise = self._sheet.enterprise if self._sheet else None
        if enterprise is not None:
            open_follow_up(self._session, self.window(), about=enterprise.name, enterprise_id=enterprise.id)

    def _show(self, sheet: ReceptionSheet) -> None:
        self._sheet = sheet
        known = sheet.reception
        self._title.say(known.guests)
        self._under.setText(f"{_('Reception')} · {days.show_with_weekday(known.on)}")
        self._follow.setEnabled(sheet.enterprise is not None)
        body = QWidget(self._card)
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.S)
        enterprise = sheet.enterprise
        if enterprise is not None:
            link = button(enterprise.name, lambda: self._session.go("enterprises", enterprise.id), body, "link")
            pair = column(0)
            named = heading(Reception.field("enterprise_id").title, "muted")
            # In line with the words of the link.
            named.setContentsMargins(theme.link_inset(), 0, 0, 0)
            pair.addWidget(named)
            pair.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            inside.addLayout(pair)
        for field in Reception.fields:
            if field.name not in _ELSEWHERE:
                _fact(inside, field.title, known.shown(field.name))
        _fact(inside, Reception.field("host_id").title, sheet.host.name if sheet.host else _("not noted"))
        _fact(inside, Reception.field("result").title, known.result or _("not noted"))
        steps = (f"{step(task, owner)} {_('done') if task.done_on else ''}".rstrip() for task, owner in sheet.tasks)
        _fact(inside, _("Next step"), "\n".join(steps) or _("none"))
        while (item := self._held.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        self._held.addWidget(body)


def _fact(inside: QVBoxLayout, label: str, value: str) -> None:
    if not value:
        return
    pair = column(2)
    pair.setContentsMargins(theme.link_inset(), 0, 0, 0)
    pair.addWidget(heading(label, "muted"))
    told = heading(value, "")
    told.setTextFormat(Qt.TextFormat.PlainText)
    told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    pair.addWidget(told)
    inside.addLayout(pair)

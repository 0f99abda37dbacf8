"""Log a follow-up: by what means, what was said, what comes next. Ctrl+Enter saves, Esc keeps a draft."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from crm_app.domain.entry_names import entry_name
from crm_app.i18n import _
from crm_app.services import dictionaries, follow_ups
from crm_app.services.book import Book
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.keeping import KeepingDialog
from crm_app.ui.widgets.next_step import NextStepField
from crm_app.ui.widgets.parts import trouble
from crm_app.ui.widgets.text_field import TextArea


class FollowUpDialog(KeepingDialog):
    """The form. ``belongs_to`` names the records it is about; ``done_task`` is ticked off by saving."""

    def __init__(
        self, session: Session, parent: QWidget, about: str, done_task: UUID | None, belongs_to: dict[str, Any]
    ) -> None:
        super().__init__(parent)
        self._session, self._done_task, self._belongs_to = session, done_task, belongs_to
        self._save_waits = False
        self.setWindowTitle(_("Log a follow-up"))
        self.setMinimumWidth(theme.px(520))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        self._layout.setSpacing(theme.XS)
        subject = QLabel(about, self)
        subject.setProperty("role", "strong")
        subject.setWordWrap(True)
        self._layout.addWidget(subject)
        if done_task is not None:
            told = QLabel(_("Saving ticks this step off."), self)
            told.setProperty("role", "muted")
            self._layout.addWidget(told)
        self.content = TextArea(self, lines=4, label=_("Content"))
        self.mode = QComboBox(self)
        self.mode.setAccessibleName(_("By"))
        self.next_step = NextStepField(self)
        for label, widget in ((_("Content"), self.content), (_("By"), self.mode), (_("Next step"), self.next_step)):
            self._layout.addSpacing(theme.XS)
            name = QLabel(label, self)
            name.setProperty("role", "muted")
            name.setBuddy(widget)
            self._layout.addWidget(name)
            self._layout.addWidget(widget)
        self.error = trouble(self)
        self._layout.addWidget(self.error)
        self._layout.addLayout(self._saving_row(_("Ctrl+Enter saves · Esc keeps a draft"), self._save))
        # The last names the nearest record: a visit rather than its enterprise.
        key = f"follow_up:{done_task or [*belongs_to.values()][-1]}"
        self._autosave = session.autosave(self, key, self._typed)
        self.content.textChanged.connect(self._autosave.touch)
        self.next_step.field.textChanged.connect(lambda _text: self._autosave.touch())
        kept = self._autosave.restore()
        self._kept_mode = kept.get("mode", "")
        self.content.setPlainText(kept.get("content", ""))
        self.next_step.set_text(kept.get("next_step", ""))
        actions.make("save", self, self._save)
        session.read(_modes, self._offer_modes, owner=self)

    def _typed(self) -> dict[str, str]:
        texts = {"content": self.content.toPlainText(), "next_step": self.next_step.text()}
        return texts | {"mode": self.mode.currentData() or self._kept_mode} if any(texts.values()) else {}

    def _offer_modes(self, offered: tuple[list[str], str | None]) -> None:
        modes, last = offered
        for name in modes:
            self.mode.addItem(entry_name(name), name)
        chosen = self._kept_mode or last
        if chosen in modes:
            self.mode.setCurrentIndex(self.mode.findData(chosen))
        if self._save_waits:
            self._save()

    def _save(self) -> None:
        if not self.mode.count():
            # Typed and saved faster than the means were read: save as soon as they are there.
            self._save_waits = True
            return
        content, mode, step = self.content.toPlainText().strip(), self.mode.currentData(), self.next_step.text()
        if not content:
            self._complain(_("Please say what was talked about."))
            self.content.setFocus()
            return
        self._write_once(
            self._session,
            _("Log a follow-up"),
            lambda book: follow_ups.log_follow_up(
                book, content=content, mode=mode, next_step=step, done_task=self._done_task, **self._belongs_to
            ),
            lambda _id: self._close_saved(),
            lambda error: self._complain(str(error)),
            draft=self._autosave,
        )

    def _complain(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.show()


def _modes(book: Book) -> tuple[list[str], str | None]:
    return dictionaries.options(book, "follow_mode"), follow_ups.last_mode(book)


def open_follow_up(
    session: Session, window: QWidget, *, about: str, done_task: UUID | None = None, **belongs_to: UUID
) -> FollowUpDialog:
    """Open the form; ``belongs_to`` is enterprise_id, contact_id, lead_id, project_id or visit_id."""
    dialog = FollowUpDialog(session, window, about, done_task, belongs_to)
    dialog.open()
    dialog.content.setFocus()
    return dialog

"""The status line: count · saved at · age of the last backup, and on the right the work under way, with Stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from crm_app import clock
from crm_app.i18n import _
from crm_app.ui import late, theme
from crm_app.ui.background import Background, Job

if TYPE_CHECKING:
    from crm_app.services.backups import State


class StatusLine(QFrame):
    """One row, 26 pixels high."""

    backups_wanted = Signal()
    """The age of the backup was clicked."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusline")
        self.setFixedHeight(theme.ROW)
        self._layout = layout = QHBoxLayout(self)
        layout.setSpacing(theme.S)
        self._facts = QLabel(self)
        layout.addWidget(self._facts)
        self.backup = QPushButton(self)
        self.backup.setToolTip(_("Backups: where they are, make one, restore one"))
        self.backup.clicked.connect(lambda _checked=False: self.backups_wanted.emit())
        self.backup.hide()
        layout.addWidget(self.backup)
        layout.addStretch(1)
        self._panel = ProgressPanel(background, self)
        layout.addWidget(self._panel)
        self._count = self._saved = ""
        self._show()

    def set_count(self, text: str) -> None:
        """Show what the page counts."""
        self._count = text
        self._show()

    def set_saved(self, saved_ms: int | None) -> None:
        """Show when something was saved last; nothing before the first time."""
        self._saved = ""
        if saved_ms is not None:
            self._saved = _("Saved {time}").format(time=clock.local(saved_ms).strftime("%H:%M"))
        self._show()

    def set_backup(self, state: State | None) -> None:
        """Show how old the newest backup is, as a warning where it is too old; nothing before it is known."""
        self.backup.setVisible(state is not None)
        if state is None:
            return
        now = clock.now_ms()
        age = late.service("backups").age_in_words
        words = (
            _("No backup yet") if state.last_at is None else _("Last backup {ago}").format(ago=age(state.last_at, now))
        )
        if state.is_out_of_reach(now):
            words += "  ·  " + (
                _("none at the second place yet")
                if state.second_at is None
                else _("at the second place {ago}").format(ago=age(state.second_at, now))
            )
        wrong = state.is_old(now) or state.is_out_of_reach(now)
        self.backup.setText(words)
        self.backup.setProperty("role", "warning" if wrong else "plain")
        self.backup.style().polish(self.backup)

    def _show(self) -> None:
        words = "  ·  ".join(part for part in (self._count, self._saved) if part)
        self._facts.setText(words)
        self._facts.setVisible(bool(words))
        # What stands first begins in line with what the pages hold, a link's frame or not.
        left = theme.L if words else theme.L - theme.link_inset()
        self._layout.setContentsMargins(left, 0, theme.L, 0)


class ProgressPanel(QWidget):
    """Shows the labelled write under way; several are shown one after another, as they run."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        self._label = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setFixedWidth(theme.px(160))
        self._bar.setTextVisible(False)
        self._stop = QPushButton(_("Stop"), self)
        self._stop.setProperty("role", "link")
        self._stop.clicked.connect(self._stop_first)
        for part in (self._label, self._bar, self._stop):
            layout.addWidget(part)
        self.hide()
        background.write_started.connect(self._add)
        background.progressed.connect(self._move)
        background.write_ended.connect(self._remove)

    def _add(self, job: Job) -> None:
        self._jobs.append(job)
        self._show_first()

    def _remove(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
        self._show_first()

    def _show_first(self) -> None:
        self.setVisible(bool(self._jobs))
        if self._jobs:
            self._label.setText(self._jobs[0].label)
            self._stop.setEnabled(not self._jobs[0].progress.cancelled)
            self._bar.setRange(0, 0 if theme.moves() else 1)

    def _move(self, job: Job, done: int, total: int, text: str) -> None:
        if not self._jobs or job is not self._jobs[0]:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._label.setText(text or job.label)

    def _stop_first(self) -> None:
        if self._jobs:
            self._jobs[0].cancel()
            self._stop.setEnabled(False)
            self._label.setText(_("Stopping…"))

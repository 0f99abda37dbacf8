"""What is in a backup, shown beside what is in the book now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.domain.records import RECORDS
from crm_app.i18n import _, ngettext
from crm_app.services.backups import Contents, Preview
from crm_app.ui import theme
from crm_app.ui.settings.backup_table import megabytes, when
from crm_app.ui.widgets.password import PasswordField, show_box

_WIDTH = 340


class PreviewPanel(QWidget):
    """What is in a backup, beside what is in the book now."""

    unlocked = Signal(str)
    """A password was typed for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(_WIDTH))
        self.secret = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        self.title = self._line(layout, "heading")
        self.facts = self._line(layout, "muted")
        self._counts = QWidget(self)
        self._grid = QGridLayout(self._counts)
        self._grid.setContentsMargins(0, theme.S, 0, theme.S)
        self._grid.setHorizontalSpacing(theme.L)
        self._grid.setVerticalSpacing(theme.XS)
        self._grid.setColumnStretch(2, 1)
        layout.addWidget(self._counts)
        self.last = self._line(layout, "")
        self.note = self._line(layout, "strong")
        self.problem = self._line(layout, "error")
        self._asking = QWidget(self)
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(theme.S)
        self.password = PasswordField(self._asking, label=_("Password of the backup"))
        self.password.returnPressed.connect(self._unlock)
        show = QPushButton(_("Look inside"), self._asking)
        show.setAutoDefault(False)
        show.clicked.connect(lambda _checked=False: self._unlock())
        label = QLabel(_("This backup has another password than the book."), self._asking)
        label.setWordWrap(True)
        for one in (label, self.password, show_box(self.password), show):
            asking.addWidget(one)
        layout.addWidget(self._asking)
        layout.addStretch(1)
        self._asking.hide()

    def _line(self, layout: QVBoxLayout, role: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.hide()
        layout.addWidget(label)
        return label

    @staticmethod
    def _say(label: QLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def begin(self, file: Path) -> None:
        """Show whose content is being read."""
        self.secret = ""
        self.password.clear()
        self._say(self.title, file.stem)
        self._say(self.facts, _("Looking inside…"))
        for label in (self.last, self.note, self.problem):
            self._say(label, "")
        self._counts.hide()
        self._asking.hide()

    def _unlock(self) -> None:
        self.secret = self.password.text()
        if self.secret:
            self.unlocked.emit(self.secret)

    def show_preview(self, size: int, seen: Preview, now: Contents | None) -> None:
        """Show what was found in a file of so many bytes, and how it differs from the book."""
        self._say(self.facts, self._facts_of(size, seen))
        self._say(self.problem, seen.problem)
        self._asking.setVisible(seen.asks)
        contents = seen.contents
        self._counts.setVisible(contents is not None)
        self._say(self.note, _note(seen))
        self._say(self.last, _last_change(contents) if contents else "")
        if contents is not None:
            self._fill(contents, now)

    @staticmethod
    def _facts_of(size: int, seen: Preview) -> str:
        sound = _("checked, sound") if seen.contents else (_("locked") if seen.asks else _("cannot be restored"))
        words = [megabytes(size) if size else "", sound]
        if not seen.asks:
            words.append(_("with a password") if seen.protected else _("without a password"))
        return " · ".join(word for word in words if word)

    def _fill(self, contents: Contents, now: Contents | None) -> None:
        for old in self._counts.findChildren(QLabel):
            self._grid.removeWidget(old)
            old.deleteLater()
        for row, (name, count) in enumerate(contents.counts.items()):
            self._cell(row, 0, _(RECORDS[name].label), "")
            self._cell(row, 1, f"{count:,}", "strong").setAlignment(Qt.AlignmentFlag.AlignRight)
            if now is not None and name in now.counts:
                self._cell(row, 2, _difference(count - now.counts[name]), "muted")

    def _cell(self, row: int, column: int, words: str, role: str) -> QLabel:
        label = QLabel(words, self._counts)
        label.setProperty("role", role)
        self._grid.addWidget(label, row, column)
        return label


def _difference(more: int) -> str:
    if more == 0:
        return _("as many as now")
    if more > 0:
        return ngettext("{n} more than now", "{n} more than now", more).format(n=more)
    return ngettext("{n} fewer than now", "{n} fewer than now", -more).format(n=-more)


def _last_change(contents: Contents) -> str:
    if contents.at is None:
        return ""
    words = _("Last change {when}, {who}: {label}")
    return words.format(when=when(contents.at), who=contents.who, label=contents.label)


def _note(seen: Preview) -> str:
    if seen.loses_password:
        return _("The restored book will have no password, as this backup has none. Give it one afterwards.")
    if seen.other_password:
        return _("The restored book will open with the password of this backup.")
    return ""

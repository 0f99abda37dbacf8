"""The book itself: where it stands, a copy of it now, whether it is sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.errors import Cancelled, CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import book as books
from crm_app.services import checkup
from crm_app.ui import actions, theme
from crm_app.ui.places import DUPLICATES, ENTERPRISES
from crm_app.ui.session import Session
from crm_app.ui.settings.backups import Backups
from crm_app.ui.settings.part import Part, heading, muted
from crm_app.ui.widgets.fitting import scrolled


class BookPart(Part):
    """Buttons with what came of them beneath."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._buttons: list[QPushButton] = []
        inside = QWidget(self)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(heading(_("The book"), self))
        self.path = self._path_label(session.book.path)
        layout.addWidget(self.path)
        self._row(layout, (_("Open its folder"), "folder-open", self._show_folder))
        layout.addSpacing(theme.L)
        layout.addWidget(heading(_("Backup"), self))
        self.backups = Backups(session, self)
        layout.addWidget(self.backups, 1)
        layout.addSpacing(theme.L)
        layout.addWidget(heading(_("Check"), self))
        about = _(
            "Looks at every page, reference, index and trigger of the book. Where a search misses what is there, "
            "rebuild the search index: no record is changed."
        )
        layout.addWidget(muted(about, self))
        find = actions.spec("find_duplicates")
        self._row(
            layout,
            (_("Check the book"), "circle-check", self.check),
            (_("Rebuild the search index"), "refresh", self.rebuild_index),
            (find.title, find.icon, lambda: session.go(ENTERPRISES, view=DUPLICATES)),
        )
        self.checked = self._answer()
        layout.addWidget(self.checked)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _path_label(self, path: Path) -> QLabel:
        label = QLabel(str(path), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _answer(self) -> QLabel:
        """Return the line that says what came of a button; it takes no room until there is something to say."""
        label = muted("", self)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.hide()
        return label

    def _row(self, layout: QVBoxLayout, *made: tuple[str, str, Callable[[], object]]) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for words, icon, run in made:
            button = QPushButton(words, self)
            if icon:
                theme.put_icon(button, icon)
            else:
                button.setProperty("role", "quiet")
            button.clicked.connect(lambda _checked=False, run=run: run())
            row.addWidget(button)
            self._buttons.append(button)
        row.addStretch(1)
        layout.addLayout(row)

    def focus_first(self) -> None:
        """Start at the first button."""
        self._buttons[0].setFocus()

    def load(self) -> None:
        """Read which backups there are."""
        self.backups.load()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.book.path.parent)))

    def check(self) -> None:
        """Check the book, and say what is wrong or that nothing is."""
        book = self.session.book

        def done(problems: list[str]) -> None:
            words = "\n".join(problems) or _("The book is sound.")
            self._say(self.checked, words, "error" if problems else "echo")

        self.session.background.write(
            _("Checking the book"),
            lambda progress: books.check(book, progress.report),
            done,
            lambda error: self._refuse(self.checked, error),
            owner=self,
        )

    def rebuild_index(self) -> None:
        """Make the search index anew, and say how many records it knows; stopped, it stays as it was."""
        book = self.session.book

        def done(entries: int) -> None:
            words = ngettext(
                "The search index was rebuilt: {n} record can be found.",
                "The search index was rebuilt: {n} records can be found.",
                entries,
            )
            self._say(self.checked, words.format(n=entries), "echo")

        self.session.background.write(
            _("Making the search index anew"),
            lambda progress: checkup.rebuild_index(book, progress.report),
            done,
            lambda error: self._refuse(self.checked, error),
            owner=self,
        )

    def _refuse(self, label: QLabel, error: CrmError) -> None:
        self._say(label, str(error), "muted" if isinstance(error, Cancelled) else "error")

    @staticmethod
    def _say(label: QLabel, words: str, role: str) -> None:
        label.setProperty("role", role)
        label.style().polish(label)
        label.setText(words)
        label.show()

"""The card of attachments on the page of a record: drop, paste or choose files; open and remove."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.domain.attachments import Attachment
from crm_app.i18n import _
from crm_app.services import attachments
from crm_app.services.attachments import Given, Held
from crm_app.ui import actions, theme
from crm_app.ui.attachments import dropping
from crm_app.ui.attachments.dropping import Target
from crm_app.ui.attachments.thumbnails import Thumbnails
from crm_app.ui.attachments.tiles import Tiles
from crm_app.ui.attachments.viewer import Viewer
from crm_app.ui.session import Session
from crm_app.ui.widgets.empty import EmptyState

_LAST_FOLDER = "attachment_folder"


class AttachmentsCard(QFrame):
    """Shows what is kept with one record, and takes more. It lives as long as its page."""

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        most_rows: int | None = 2,
        thumbnails: Thumbnails | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self.target: Target | None = None
        """The record that is shown."""
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.XS, theme.S, theme.S)
        layout.setSpacing(theme.XS)
        layout.addLayout(self._head())
        self.hint = QLabel(_("Drop photos or files here, paste a picture with Ctrl+V, or choose “Add…”."), self)
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        layout.addWidget(self.hint)
        self.nothing: QWidget = self.hint
        """What stands there while there is nothing: a line among other cards, more in a tab of its own."""
        if most_rows is None:
            self.hint.hide()
            self.nothing = EmptyState(_("No photos or files yet"), self.hint.text(), icon="photo", parent=self)
            layout.addWidget(self.nothing, 1)
        self.tiles = Tiles(session, self, most_rows, thumbnails)
        self.tiles.opened.connect(self._open)
        self.tiles.removed.connect(self._remove)
        self.tiles.hide()
        layout.addWidget(self.tiles, 1)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        title = QLabel(_("Attachments"), self)
        title.setProperty("role", "strong")
        title.setMinimumHeight(theme.CONTROL)
        row.addWidget(title)
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        row.addWidget(self._count)
        row.addStretch(1)
        self.add = QPushButton(_("Add…"), self)
        self.add.setProperty("role", "link")
        self.add.setAccessibleName(actions.spec("attach").title)
        self.add.setToolTip(f"{actions.spec('attach').title}  {actions.spec('attach').shown_keys}")
        self.add.clicked.connect(lambda _checked=False: self.choose())
        row.addWidget(self.add)
        return row

    def show_for(self, table: str, record: UUID, title: str) -> None:
        """Show what is kept with a record; with an enterprise also its visits' and follow-ups'.

        ``title`` names the record where something is said of it, and a picture that is pasted.
        """
        self.target = Target(table, record, title)
        book = self._session.book
        self._latest.read(
            lambda: attachments.list_attachments(book, **{f"{table}_id": record}),
            self._put,
            owner=self,
        )

    def _put(self, held: Sequence[Held]) -> None:
        self.tiles.put(held)
        self.tiles.setVisible(bool(held))
        self.nothing.setVisible(not held)
        self._count.setText(str(len(held)) if held else "")

    def choose(self) -> None:
        """Let the user choose files."""
        settings = self._session.settings
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        asked = QFileDialog(self, _("Choose files to attach"), settings.last(_LAST_FOLDER) or pictures)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setFileMode(QFileDialog.FileMode.ExistingFiles)

        def chosen(names: Sequence[str]) -> None:
            paths = [Path(name) for name in names]
            if paths:
                settings.set_last(_LAST_FOLDER, str(paths[0].parent))
            self.attach([Given.file(path) for path in paths])

        asked.filesSelected.connect(chosen)
        asked.open()

    def paste_file(self) -> bool:
        """Attach the files or the picture of the clipboard; False where it holds none."""
        return self.target is not None and dropping.paste(self._session, self.window(), self.target)

    def attach(self, given: Sequence[Given]) -> None:
        """Keep files with the record that is shown."""
        if given and self.target is not None:
            dropping.keep(self._session, self.target, given)

    def show_file(self, attachment: Attachment) -> None:
        """Show one of the files kept here, large."""
        held = next((one for one in self.tiles.lines.held() if one.attachment.id == attachment.id), None)
        if held is not None:
            self._open(held)

    def _open(self, held: Held) -> None:
        Viewer(self._session, self.window(), self.tiles.lines.held(), held).open()

    def _remove(self, held: Held) -> None:
        self._session.write(
            _("Remove an attachment"),
            lambda book, _progress: attachments.remove(book, held.attachment.id),
        )

"""One attachment, large: a picture or a PDF page, as the reader child drew it; renamed, shrunk, saved, removed.

A copy is written where the user says, and nowhere else: nothing of an encrypted book is put into a temporary file for
another program to open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.paths import file_name
from crm_app.services import attachments
from crm_app.services.attachments import Held, Picture
from crm_app.services.outcome import Changes
from crm_app.ui import actions, theme
from crm_app.ui.attachments.pixels import image_of
from crm_app.ui.session import Session
from crm_app.ui.widgets.parts import trouble
from crm_app.ui.widgets.text_field import TextField

_LONGEST = 2400
"""Pixels asked for: a screen's width and more."""
_OF_WINDOW = 0.9
_LAST_FOLDER = "attachment_copies"


class Viewer(QDialog):
    """Shows ``held`` among ``others``."""

    def __init__(self, session: Session, window: QWidget, others: Sequence[Held], held: Held) -> None:
        super().__init__(window)
        self._session = session
        self._latest = session.latest()
        self._others = list(others)
        self._at = self._others.index(held)
        self._page, self._pages = 0, 1
        self._image: QImage | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Attachment"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.S)
        layout.addLayout(self._head())
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setTextFormat(Qt.TextFormat.PlainText)
        self.picture.setWordWrap(True)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        layout.addWidget(self.picture, 1)
        self.note = trouble(self)
        layout.addWidget(self.note)
        layout.addLayout(self._foot())
        self.save.setFocus()
        self.resize(round(window.width() * _OF_WINDOW), round(window.height() * _OF_WINDOW))
        session.changed.connect(self._changed)
        self._show()

    @property
    def held(self) -> Held:
        """What is shown now."""
        return self._others[self._at]

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.earlier = self._way("attachment_before", lambda: self._walk(-1))
        self.later = self._way("attachment_after", lambda: self._walk(1))
        self._place = self._muted()
        self.name = TextField(self)
        self.name.setAccessibleName(_("File name"))
        self.name.editingFinished.connect(self._rename)
        self._detail = self._muted()
        for widget in (self.earlier, self._place, self.later, self.name, self._detail):
            row.addWidget(widget, 1 if widget is self.name else 0)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.back = self._arrow("arrow-left", _("Page before"), lambda: self._turn(-1))
        self.forth = self._arrow("arrow-right", _("Next page"), lambda: self._turn(1))
        self._page_of = self._muted()
        for widget in (self.back, self._page_of, self.forth):
            row.addWidget(widget)
        row.addStretch(1)
        self.strip = QCheckBox(_("Take out place, time and camera"), self)
        self.strip.setChecked(True)
        self.strip.setToolTip(
            _("A photo tells where and when it was taken. Leave this on when a copy leaves the office.")
        )
        row.addWidget(self.strip)
        self.shrink = self._button(_("Make smaller"), "zoom-out", self._shrink)
        self.remove = self._button(_("Remove"), "trash", self._remove)
        self.save = self._button(_("Save a copy…"), "download", self._ask_where)
        for button in (self.shrink, self.remove, self.save):
            row.addWidget(button)
        return row

    def _muted(self) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", "muted")
        return label

    def _arrow(self, icon: str, words: str, run: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(words)
        button.setAccessibleName(words)
        theme.put_icon(button, icon)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _way(self, action_id: str, run: Callable[[], None]) -> QToolButton:
        """Return an arrow that a key does the work of as well."""
        action = actions.make(action_id, self, run)
        button = self._arrow(actions.spec(action_id).icon, action.text(), run)
        button.setToolTip(action.toolTip())
        return button

    def _button(self, words: str, icon: str, run: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        theme.put_icon(button, icon)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _show(self) -> None:
        """Show the attachment whose turn it is, from its first page."""
        held = self.held
        self.name.setText(held.attachment.name)
        self._detail.setText(held.detail)
        self._place.setText(f"{self._at + 1} / {len(self._others)}")
        several = len(self._others) > 1
        for widget in (self.earlier, self._place, self.later):
            widget.setVisible(several)
        self.earlier.setEnabled(self._at > 0)
        self.later.setEnabled(self._at < len(self._others) - 1)
        self.strip.setVisible((held.attachment.kind or "").startswith("image/"))
        self.shrink.setVisible(held.is_picture)
        self.note.hide()
        self._page, self._pages = 0, 1
        self._draw()

    def _draw(self) -> None:
        """Ask for the page that is to be seen."""
        held, page, book = self.held, self._page, self._session.book
        for widget in (self.back, self._page_of, self.forth):
            widget.setVisible(self._pages > 1)
        self._page_of.setText(f"{page + 1} / {self._pages}")
        self.back.setEnabled(page > 0)
        self.forth.setEnabled(page < self._pages - 1)
        self._image = None
        if not held.has_preview:
            self._say(_("There is no preview of this kind of file. Save a copy and open it in another program."))
            return
        self._say(_("One moment…"))
        self._latest.read(
            lambda: attachments.preview(book, held.attachment, _LONGEST, page), self._came, self._failed, owner=self
        )

    def _came(self, picture: Picture) -> None:
        self._image = image_of(picture)
        if self._pages != picture.pages:
            self._pages = picture.pages
            for widget in (self.back, self._page_of, self.forth):
                widget.setVisible(self._pages > 1)
            self._page_of.setText(f"{self._page + 1} / {self._pages}")
            self.forth.setEnabled(self._page < self._pages - 1)
        self._fit()

    def _failed(self, error: CrmError) -> None:
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.picture.setPixmap(QPixmap())
        self.picture.setText(sentence)

    def _fit(self) -> None:
        """Draw the picture as large as there is room, never larger than it is."""
        if self._image is None:
            return
        scale = self.devicePixelRatioF()
        room = self.picture.size() * scale
        image = self._image
        if image.width() > room.width() or image.height() > room.height():
            image = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(scale)
        self.picture.setPixmap(pixmap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the picture anew in the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _walk(self, by: int) -> None:
        """Show another attachment, where there is one."""
        if 0 <= self._at + by < len(self._others):
            self._at += by
            self._show()

    def _turn(self, by: int) -> None:
        self._page += by
        self._draw()

    def _changed(self, changes: Changes) -> None:
        """Read again what is shown where it changed, by undo too; close where it is gone."""
        if self.held.attachment.id not in changes.ids("attachment"):
            return
        book, known = self._session.book, self.held.attachment.id
        self._latest.read(lambda: attachments.find(book, known), self._put, owner=self)

    def _put(self, held: Held | None) -> None:
        if held is None:
            self.close()
            return
        self._others[self._at] = held
        self._show()

    def _rename(self) -> None:
        held, name = self.held, self.name.text()
        if name.strip() and name != held.attachment.name:
            self._session.write(
                _("Rename an attachment"),
                lambda book, _progress: attachments.rename(book, held.attachment.id, name),
            )

    def _shrink(self) -> None:
        held = self.held

        def told(saved: int) -> None:
            self._session.say(_("{size} smaller.").format(size=attachments.size_in_words(saved)), undo=True)

        self._session.write(
            _("Make a photo smaller"),
            lambda book, _progress: attachments.shrink(book, held.attachment.id),
            told,
            self._told_trouble,
            owner=self,
        )

    def _told_trouble(self, error: CrmError) -> None:
        self.note.setText(str(error))
        self.note.show()

    def _remove(self) -> None:
        held = self.held
        self._session.write(
            _("Remove an attachment"), lambda book, _progress: attachments.remove(book, held.attachment.id)
        )

    def _ask_where(self) -> None:
        settings = self._session.settings
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        asked = QFileDialog(self, _("Save a copy"), settings.last(_LAST_FOLDER) or documents)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        name = Path(self.held.attachment.name)
        asked.setDefaultSuffix(name.suffix.lstrip("."))
        asked.selectFile(file_name(name.stem, name.suffix))
        asked.fileSelected.connect(lambda name: self.save_copy(Path(name)))
        asked.open()

    def save_copy(self, path: Path) -> None:
        """Write a copy to a file of the user's choice."""
        self._session.settings.set_last(_LAST_FOLDER, str(path.parent))
        held, strip, book = self.held, self.strip.isChecked(), self._session.book
        self._session.background.write(
            _("Save a copy"),
            lambda _progress: attachments.export(book, held.attachment.id, path, strip=strip),
            lambda _none: self._session.say(_("Saved as {path}.").format(path=path)),
            self._told_trouble,
            owner=self,
        )

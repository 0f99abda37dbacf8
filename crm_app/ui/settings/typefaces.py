"""The fonts of papers: those that come with the program, or font files for which the bureau has a licence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.domain.typefaces import TYPEFACE_LABELS, Typeface
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import papers
from crm_app.services.papers import Face
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted
from crm_app.ui.widgets.ask_file import ask_for_file

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_FOLDER = "font_folder"
_NAME_WIDTH = 150
"""Pixels of the names of fonts in the narrowest window; in a wide one they have most of what is left."""


class TypefacesPart(Part):
    """A line for each kind of text: what it is set in, and a file of the bureau's own."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        told = _(
            "Papers are printed in free fonts that come with the program. A font that the bureau has a licence for, "
            "such as 仿宋_GB2312 or 方正小标宋, can be used instead: a file .ttf, .otf or .ttc with TrueType outlines. "
            "It is read where it is and never copied into the book; characters it lacks come from ours."
        )
        column.addWidget(muted(told, self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnMinimumWidth(1, theme.px(_NAME_WIDTH))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(4, 1)
        self.shown: dict[Typeface, QLabel] = {}
        self.choose: dict[Typeface, QPushButton] = {}
        self.ours: dict[Typeface, QPushButton] = {}
        for row, kind in enumerate(Typeface):
            self._add(grid, row, kind)
        column.addLayout(grid)
        self.error = QLabel(self)
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        column.addWidget(self.error)
        column.addStretch(1)

    def _add(self, grid: QGridLayout, row: int, kind: Typeface) -> None:
        words = _(TYPEFACE_LABELS[kind])
        shown = self.shown[kind] = muted("", self)
        choose = self.choose[kind] = self._button(_("Choose a file…"), words)
        choose.clicked.connect(lambda _checked=False: self._ask(kind))
        ours = self.ours[kind] = self._button(_("As shipped"), words)
        ours.clicked.connect(lambda _checked=False: self._set(kind, None))
        ours.setEnabled(False)
        called = QLabel(words, self)
        for label in (called, shown):
            label.setWordWrap(True)
        for at, widget in enumerate((called, shown, choose, ours)):
            grid.addWidget(widget, row, at)

    def _button(self, text: str, whose: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(f"{whose}: {text}")
        return button

    def load(self) -> None:
        """Read what each kind of text is set in."""
        self.session.read(papers.typefaces, self._put, owner=self)

    def _put(self, faces: Sequence[Face]) -> None:
        for face in faces:
            self.shown[face.kind].setText(_told(face))
            self.shown[face.kind].setToolTip(str(face.path) if face.path else "")
            self.ours[face.kind].setEnabled(face.path is not None)
        self._say([face.trouble for face in faces if face.trouble])

    def refresh(self, changes: Changes) -> None:
        """Read again where a setting changed."""
        if changes.touches("setting"):
            self.load()

    def focus_first(self) -> None:
        """Start at the font of the text."""
        self.choose[Typeface.BODY].setFocus()

    def _ask(self, kind: Typeface) -> None:
        pattern = _("Fonts ({endings})").format(endings="*.ttf *.otf *.ttc *.TTF *.OTF *.TTC")
        title, take = _(TYPEFACE_LABELS[kind]), partial(self._set, kind)
        ask_for_file(self.session, self.window(), title, pattern, take, folder=_FOLDER)

    def _set(self, kind: Typeface, path: Path | None) -> None:
        self.session.write(
            _("Change the font of papers"),
            lambda book, _progress: papers.change_typeface(book, kind, path),
            None,
            self._refuse,
            owner=self,
        )

    def _refuse(self, error: CrmError) -> None:
        self._say([str(error)])

    def _say(self, sentences: Sequence[str]) -> None:
        self.error.setText("\n".join(sentences))
        self.error.setVisible(bool(sentences))


def _told(face: Face) -> str:
    if face.path is None:
        return _("The font that comes with the program")
    name = face.path.name
    return _("{family} ({file})").format(family=face.family, file=name) if face.family else name

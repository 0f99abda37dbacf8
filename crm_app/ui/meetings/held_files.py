"""Photos and files dropped on a form, or pasted into it, before its record is in the book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from crm_app.i18n import _
from crm_app.services.attachments import Given
from crm_app.ui.attachments.pixels import picture_in
from crm_app.ui.widgets.file_drop import FileDrop, Told, files_in, named
from crm_app.ui.widgets.lines import Link


class HeldFiles(Link):
    """Names what is held, a click takes all of it away; hidden while there is nothing.

    What is held for one form stays with it while another is shown. ``told`` says what keeping so many files would do,
    None while there is no form to keep them with.
    """

    def __init__(self, over: QWidget, told: Callable[[int], str | None]) -> None:
        super().__init__("", self.take_away)
        self._over, self._told = over, told
        self._form = ""
        self._given_to: dict[str, list[Given]] = {}
        self.hide()
        FileDrop(over, lambda paths, _spot: self.take(paths), self._told_of)
        over.installEventFilter(self)

    @property
    def given(self) -> list[Given]:
        """What is held for the form that is shown."""
        return self._given_to.setdefault(self._form, [])

    @property
    def count(self) -> int:
        """How many are held, for every form."""
        return sum(map(len, self._given_to.values()))

    def watch(self, form: QWidget, key: str) -> None:
        """Hold for this form from now on; take what is pasted in a text field, too: it has no use for pictures."""
        self.turn_to(key)
        for kind in (QLineEdit, QPlainTextEdit):
            for field in form.findChildren(kind):
                field.installEventFilter(self)

    def _told_of(self, paths: Sequence[Path], _spot: QPoint) -> Told | None:
        words = self._told(len(paths))
        return Told(words) if words is not None else None

    def turn_to(self, key: str) -> None:
        """Show what is held for another form, by the key of its draft; empty for none."""
        self._form = key
        self._show()

    def take(self, paths: Sequence[Path]) -> None:
        """Hold files until the record is in the book."""
        self._hold([Given.file(path) for path in paths])

    def take_away(self) -> None:
        """Hold nothing any more."""
        self.given.clear()
        self._show()

    def let_go(self, key: str) -> list[Given]:
        """Return what was held for a form, to be kept with its record."""
        given = self._given_to.pop(key, [])
        self._show()
        return given

    def _hold(self, given: Sequence[Given]) -> None:
        self.given.extend(one for one in given if one not in self.given)
        self._show()

    def _show(self) -> None:
        names = named([Path(one.name) for one in self.given])
        self.say(_("Attached once it is saved: {names} · a click takes them away").format(names=names))
        self.setVisible(bool(self.given))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold what is pasted where it is no text."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
        ):
            return self._paste()
        return super().eventFilter(watched, event)

    def _paste(self) -> bool:
        held = QGuiApplication.clipboard().mimeData()
        files = files_in(held)
        picture = None if files else picture_in(held)
        if self._told(1) is None or not (files or picture):
            return False
        self._hold([picture] if picture else [Given.file(path) for path in files])
        return True

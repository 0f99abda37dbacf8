"""Photos and files dropped on a form, or pasted into it, before its record is in the book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from crm_app.i18n import _
from crm_app.services import attachments
from crm_app.services.attachments import Given, Stored
from crm_app.ui.attachments.pixels import picture_in
from crm_app.ui.session import Session
from crm_app.ui.widgets import copying
from crm_app.ui.widgets.file_drop import FileDrop, Told, files_in, named
from crm_app.ui.widgets.lines import Link


class HeldFiles(Link):
    """Names what is held, a click takes all of it away; hidden while there is nothing.

    What is held for one form stays with it while another is shown. It is stored at once, so that the form's draft can
    name it (``draft``; ``changed`` says when it does). ``told`` says what keeping so many files would do, None while
    there is no form to keep them with.
    """

    changed = Signal()

    def __init__(self, session: Session, over: QWidget, told: Callable[[int], str | None]) -> None:
        super().__init__("", self.take_away)
        self._session, self._over, self._told = session, over, told
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
    def unkept(self) -> int:
        """How many are held, for any form, that its draft does not name: not stored yet, or not to be."""
        return sum(not isinstance(one.content, Stored) for given in self._given_to.values() for one in given)

    def draft(self, key: str) -> dict[str, str]:
        """Return what the draft of a form keeps of its files."""
        return attachments.told_draft(self._given_to.get(key, []))

    def put_draft(self, kept: Mapping[str, str]) -> None:
        """Hold what the draft of the form that is shown names."""
        self.given.extend(one for one in attachments.drafted(kept) if one not in self.given)
        self._show()

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
        self.changed.emit()

    def of(self, key: str) -> list[Given]:
        """Return what is held for a form now, to be kept with its record."""
        return list(self._given_to.get(key, ()))

    def let_go(self, key: str) -> None:
        """Hold nothing for a form any more."""
        self._given_to.pop(key, None)
        self._show()

    def _hold(self, given: Sequence[Given]) -> None:
        fresh = [one for one in given if one not in self.given]
        self.given.extend(fresh)
        self._show()
        form, book = self._form, self._session.book
        self._session.background.keep(
            lambda: attachments.hold(book, fresh),
            lambda stored: self._stored(form, dict(zip(fresh, stored, strict=True))),
            lambda _error: None,
            owner=self,
        )

    def _stored(self, form: str, stored: Mapping[Given, Given]) -> None:
        """Hold what was stored in place of what was given, where it is held yet, and let the form's draft name it."""
        held = self._given_to.get(form)
        if held is None:
            return
        held[:] = dict.fromkeys(stored.get(one, one) for one in held)
        if form == self._form:
            self.changed.emit()
        else:
            drafts = self._session.drafts
            drafts.save(form, drafts.load(form) | self.draft(form))

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
        held = copying.held()
        files = files_in(held)
        picture = None if files else picture_in(held)
        if self._told(1) is None or not (files or picture):
            return False
        self._hold([picture] if picture else [Given.file(path) for path in files])
        return True

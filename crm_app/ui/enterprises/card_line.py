"""A few fields in one line that opens in a card: Enter saves, Esc closes and keeps a draft, as the full form does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_app.errors import CrmError
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import theme
from crm_app.ui.drafts import Autosave
from crm_app.ui.session import Session
from crm_app.ui.widgets.lines import Link
from crm_app.ui.widgets.parts import trouble
from crm_app.ui.widgets.text_field import TextField


class CardLine(QWidget):
    """The line; below it what stands in the way, and a link (``more``) to the form with all fields."""

    def __init__(self, session: Session, parent: QWidget, fields: Mapping[str, TextField], more: str) -> None:
        super().__init__(parent)
        self._session = session
        self._enterprise: UUID | None = None
        self._autosave: Autosave | None = None
        self._saving: tuple[str, dict[str, str]] | None = None
        self.fields = dict(fields)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.XS)
        for field in self.fields.values():
            field.setMinimumWidth(theme.px(40))
            field.returnPressed.connect(self._save)
            field.textEdited.connect(self._touch)
            self._row.addWidget(field, 1)
        self.error = trouble(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(self._row)
        column.addWidget(self.error)
        column.addWidget(Link(more, self._open_form), 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def _save(self) -> None:
        """Read the fields, and hand what they say to :meth:`_write`."""
        raise NotImplementedError

    def _show_form(self) -> None:
        """Open the form with all fields, which takes up what was kept."""
        raise NotImplementedError

    def _open(self, key: str, stored: Mapping[str, str] | None = None) -> None:
        """Show what was typed before under the key, over what is ``stored``."""
        self._autosave = self._session.autosave(self, key, self._typed)
        kept = {**(stored or {}), **self._autosave.restore()}
        for name, field in self.fields.items():
            field.setText(kept.get(name, ""))
            field.home(False)
        self.show()

    def _typed(self) -> dict[str, str]:
        return {} if self.isHidden() else {name: field.text() for name, field in self.fields.items()}

    def _touch(self, _text: str) -> None:
        if self._autosave is not None:
            self._autosave.touch()

    @property
    def _composing(self) -> bool:
        return any(field.composing for field in self.fields.values())

    def _write(self, words: str, work: Callable[[Book], Outcome[Any]]) -> None:
        """Save once, though Enter is pressed again while the book is busy."""
        assert self._autosave is not None
        key, typed = self._autosave.key, self._typed()
        if self._saving == (key, typed):
            return
        self._saving = key, typed
        self._session.write(
            words,
            lambda book, _progress: work(book),
            lambda _made: self._saved(key, typed),
            lambda error: self._refused(key, error),
            owner=self,
        )

    def _stands(self, key: str) -> bool:
        """Say whether the line still shows what was saved: one may have gone on while the book was busy."""
        return not self.isHidden() and self._autosave is not None and self._autosave.key == key

    def _saved(self, key: str, typed: dict[str, str]) -> None:
        """Put the line away; what was typed meanwhile, here or for another record, stays."""
        self._saving = None
        if not self._stands(key):
            self._session.drafts.drop(key)
        elif self._typed() == typed:
            self.close_line()

    def _refused(self, key: str, error: CrmError) -> None:
        self._saving = None
        if self._stands(key):
            self.refuse(error)
        else:
            self._session.trouble.emit(str(error))

    def refuse(self, error: CrmError) -> None:
        """Say below the line what stands in the way."""
        self.error.setText(str(error))
        self.error.show()

    def close_line(self, *, keep: bool = False) -> None:
        """Put the line away; ``keep`` what was typed as a draft."""
        if self.isHidden() or self._autosave is None:
            return
        if not keep:
            self._autosave.discard()
        # What was typed for one enterprise is never kept for another.
        self._autosave.end()
        self.error.hide()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the line away by Esc; what was typed stays a draft."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_line(keep=True)
        else:
            super().keyPressEvent(event)

    def _open_form(self) -> None:
        self.close_line(keep=True)
        self._show_form()

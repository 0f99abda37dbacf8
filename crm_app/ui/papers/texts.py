"""The texts of a kept draft, changed by hand: what is drafted, what is printed, and where the figures moved since."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.services import papers
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.services.papers import Place, Written
from crm_app.ui import actions, theme
from crm_app.ui.papers.paper_dialog import PaperDialog
from crm_app.ui.papers.wrapped_list import WrappedList
from crm_app.ui.session import Session
from crm_app.ui.widgets.text_field import TextArea

_SHOWN = 160
"""Characters of a text in the list."""


class TextsDialog(PaperDialog):
    """Opens once the texts are read, at ``at``. Enter on a text leads to its words; Ctrl+Enter keeps them."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget, title: str, paper: UUID, at: Place | None = None) -> None:
        super().__init__(session, parent, _("Texts of “{title}”").format(title=title))
        self._paper, self._at = paper, at
        self._texts: list[Written] = []
        self._words: dict[str, str] = {}
        self._lay_out()
        self._autosave = session.autosave(self, f"paper_text:{paper}", lambda: self._words)
        self._words = self._autosave.restore()
        self.words.textChanged.connect(self._touched)
        actions.make("save", self, self._keep)
        self.reload()

    def _lay_out(self) -> None:
        layout = self._column()
        self.cells = QCheckBox(_("Cells of tables too"), self)
        self.cells.toggled.connect(lambda _on: self._fill())
        layout.addWidget(self.cells)
        across = QHBoxLayout()
        across.setSpacing(theme.M)
        self.list = WrappedList(self, _("Texts of the paper"))
        self.list.currentRowChanged.connect(lambda _row: self._show_text())
        self.list.taken.connect(lambda _number: self.words.setFocus())
        across.addWidget(self.list, 1)
        across.addLayout(self._beside(), 1)
        layout.addLayout(across, 1)
        foot = QHBoxLayout()
        hint = self._label("muted")
        hint.setText(_("Ctrl+Enter keeps the text · a change outlives a refresh of the figures"))
        foot.addWidget(hint, 1)
        foot.addWidget(self._button(_("Close"), self.reject))
        self._end(layout, foot)

    def _beside(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.S)
        self.words = TextArea(self, lines=8, label=_("What is printed"))
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.keep = self._button(_("Keep the text"), self._keep)
        self.keep.setProperty("role", "primary")
        self.back = self._button(_("Back to the draft"), self._take_back)
        self.stand = self._button(_("Let it stand"), self._look_at)
        for button in (self.keep, self.back, self.stand):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.moved = self._label("strong")
        column.addWidget(self.moved)
        self.drafted = self._label("muted")
        column.addWidget(self.drafted)
        column.addStretch(1)
        return column

    def reload(self) -> None:
        """Read the texts again."""
        book, paper = self._session.book, self._paper
        self._latest.read(lambda: papers.texts_of(book, paper), self._take, owner=self)

    def _take(self, texts: list[Written]) -> None:
        self._texts = texts
        self._fill()
        if not self.isVisible():
            self.open()
            self._begin()

    def _begin(self) -> None:
        """Stand at the text that was asked for, its words ready to be changed; else at the first."""
        at = next((n for n, one in enumerate(self._texts) if self._at and one.place and _same(one.place, self._at)), -1)
        self.cells.setChecked(at >= 0 and not _told(self._texts[at]))
        row = next((row for row in range(self.list.count()) if self.list.value(row) == at), -1)
        if row < 0:
            self.list.setFocus()
            return
        self.list.setCurrentRow(row)
        self.list.scrollToItem(self.list.item(row), QAbstractItemView.ScrollHint.PositionAtCenter)
        self.words.setFocus()

    def _fill(self) -> None:
        here = self.list.currentRow()
        at = self.list.value(here) if here >= 0 else None
        shown = [
            (number, one) for number, one in enumerate(self._texts) if one.edit or self.cells.isChecked() or _told(one)
        ]
        self.list.put((_line(one), number) for number, one in shown)
        for row, (_number, one) in enumerate(shown):
            if one.heads:
                self.list.set_strong(row)
        numbers = [number for number, _one in shown]
        self.list.setCurrentRow(numbers.index(at) if at in numbers else 0 if numbers else -1)
        self._show_text()

    def _text(self) -> Written | None:
        row = self.list.currentRow()
        return self._texts[self.list.value(row)] if row >= 0 else None

    def _show_text(self) -> None:
        one = self._text()
        if one is None:
            return
        self.note.hide()
        self.words.setPlainText(self._words.get(_key(one), one.text))
        self.drafted.setText(_("Drafted from the rows: {text}").format(text=one.drafted) if one.edit else "")
        self.moved.setText(_moved(one))
        self.keep.setEnabled(one.place is not None)
        self.back.setVisible(one.edit is not None)
        self.stand.setVisible(one.outdated and one.place is not None)

    def _touched(self) -> None:
        one = self._text()
        if one is None:
            return
        text = self.words.toPlainText()
        if text != one.text:
            self._words[_key(one)] = text
        else:
            self._words.pop(_key(one), None)
        self._autosave.touch()

    def _keep(self) -> None:
        one, text = self._text(), self.words.toPlainText().strip()
        if one is None or one.place is None:
            return
        place, paper = one.place, self._paper
        self._write(one, _("Keep the text"), lambda book: papers.edit_text(book, paper, place, text))

    def _take_back(self) -> None:
        one, paper = self._text(), self._paper
        if one is not None and one.edit is not None:
            number = one.edit.id
            self._write(one, _("Back to the draft"), lambda book: papers.take_back(book, paper, number))

    def _look_at(self) -> None:
        one, paper = self._text(), self._paper
        if one is not None and one.edit is not None:
            number = one.edit.id
            self._write(one, _("Let it stand"), lambda book: papers.look_at(book, paper, number))

    def _write(self, one: Written, label: str, change: Callable[[Book], Outcome[None]]) -> None:
        self._write_once(self._session, label, change, lambda _none: self._written(one), self._refuse)

    def _written(self, one: Written) -> None:
        self._words.pop(_key(one), None)
        if self._words:
            # What was kept is no draft any more: found again, it would stand over a later text.
            self._autosave.touch()
        else:
            self._autosave.discard()
        self.changed.emit()
        self.reload()

    def reject(self) -> None:
        """Close and keep what was typed."""
        self._autosave.now()
        super().reject()


def _told(one: Written) -> bool:
    return one.place is not None and not one.place.part.startswith("cell|")


def _same(one: Place, other: Place) -> bool:
    return (one.section, one.block, one.part) == (other.section, other.block, other.part)


def _key(one: Written) -> str:
    if one.place is None:
        return f"edit {one.edit.id if one.edit else 0}"
    return f"{one.place.section} {one.place.block} {one.place.part}"


def _line(one: Written) -> str:
    text = one.text if len(one.text) <= _SHOWN else one.text[:_SHOWN] + "…"
    if one.edit is None:
        return text
    mark = (
        _("figures changed") if one.outdated and one.place else _("no text any more") if one.outdated else _("edited")
    )
    return _("[{mark}] {text}").format(mark=mark, text=text)


def _moved(one: Written) -> str:
    if not one.outdated or one.edit is None:
        return ""
    if one.place is None:
        return _("Its text is no longer drafted, so it is not printed: “{old}”").format(old=one.edit.drafted)
    return _("Figures under this changed. Drafted when it was edited: {old}").format(old=one.edit.drafted)

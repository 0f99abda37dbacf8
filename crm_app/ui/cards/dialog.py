"""名片: people read from a text, a chat or pictures, confirmed beside where they stand, kept as one unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import cards
from crm_app.services.cards import INSTALL, Picture
from crm_app.ui import actions, theme
from crm_app.ui.cards.entries import Entry, kept, restored
from crm_app.ui.cards.person import Person
from crm_app.ui.cards.source import SHOWN, SourceView
from crm_app.ui.session import Session
from crm_app.ui.widgets.fitting import resize_within_screen
from crm_app.ui.widgets.keeping import ConfirmingDialog
from crm_app.ui.widgets.parts import label

DRAFT = "cards"
_SIZE = (1080, 620)
_LIST = 190
_LINES = 44


@dataclass
class _Seen:
    """What became of the picture of an entry."""

    picture: Picture | None = None
    note: str = ""


class CardsDialog(ConfirmingDialog):
    """↑↓ walk the people, Ctrl+Enter keeps those that are ticked, Esc keeps what was typed as a draft."""

    def __init__(self, session: Session, parent: QWidget, entries: Sequence[Entry]) -> None:
        super().__init__(session, parent, _("Business cards"), _("Save"), self.save)
        self._autosave = session.autosave(self, DRAFT, lambda: kept(self.entries))
        waiting = restored(self._autosave.restore())
        self.entries = [*waiting, *entries] or [Entry()]
        self._seen: dict[Entry, _Seen] = {}
        self.people = QListWidget(self)
        self.people.setFixedWidth(theme.px(_LIST))
        self.people.setAccessibleName(_("People"))
        self.source = SourceView(self)
        self.person = Person(session, self)
        self.with_picture = QCheckBox(_("Keep the picture with the enterprise"), self)
        self.with_picture.setChecked(True)
        self.hint = label(_("Ctrl+Enter saves · Esc keeps a draft"), "muted", self)
        self.source.setFixedWidth(theme.px(SHOWN[0]))
        self._lay_out(self.people, self.source, self.person, foot=(self.hint, self.with_picture))
        self._connect()
        self._fill(len(waiting) if entries else 0)
        for entry in self.entries:
            if entry.picture is not None:
                self._look_at(entry)
        resize_within_screen(self, *_SIZE)

    def _connect(self) -> None:
        actions.make("save", self, self.save)
        self.people.currentRowChanged.connect(self._show)
        self.people.itemChanged.connect(self._tick)
        self.source.typed.connect(self._read)
        self.person.edited.connect(self._edited)
        self.person.asked.connect(self.source.ask)

    def _fill(self, at: int) -> None:
        self.people.blockSignals(True)
        for entry in self.entries:
            item = QListWidgetItem(_words(entry))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setSizeHint(theme.size(0, _LINES))
            self.people.addItem(item)
        self.people.blockSignals(False)
        self.people.setVisible(len(self.entries) > 1)
        self.people.setCurrentRow(at)
        self.error.hide()
        self._show_state()

    @property
    def entry(self) -> Entry:
        """The person under the cursor."""
        return self.entries[max(0, self.people.currentRow())]

    def _show(self, _row: int) -> None:
        self.person.show_entry(self.entry)
        self._show_source()

    def _show_source(self) -> None:
        seen = self._seen.get(self.entry, _Seen())
        self.source.show_entry(self.entry, seen.picture, seen.note)

    def _read(self, text: str) -> None:
        """Read the text anew as it is put right."""
        self.entry.read(text)
        self.person.show_entry(self.entry)
        self.source.refresh()
        self._edited()

    def _edited(self) -> None:
        self._autosave.touch()
        self.error.hide()
        self.source.refresh()
        item = self.people.item(self.people.currentRow())
        if item is not None:
            self.people.blockSignals(True)
            item.setText(_words(self.entry))
            self.people.blockSignals(False)

    def _tick(self, item: QListWidgetItem) -> None:
        self.entries[self.people.row(item)].ticked = item.checkState() is Qt.CheckState.Checked
        self._show_state()

    def _show_state(self) -> None:
        n = sum(entry.ticked for entry in self.entries)
        self.save_button.setText(ngettext("Save {n} person", "Save {n} people", n).format(n=n) if n > 1 else _("Save"))
        self.save_button.setEnabled(n > 0)
        self.with_picture.setVisible(any(entry.picture for entry in self.entries))

    def _look_at(self, entry: Entry) -> None:
        """Show a picture, and read it where that is installed."""
        assert entry.picture is not None
        name, content = entry.picture
        seen = self._seen[entry] = _Seen()

        def show(picture: Picture) -> None:
            seen.picture = picture
            self._show_again(entry)

        longest = theme.px(SHOWN[0]) * 2
        self._session.background.read(
            lambda: cards.show_picture(content, name, longest),
            show,
            lambda error: self._note(entry, str(error)),
            owner=self,
        )
        if not cards.can_read_pictures():
            words = _("Reading pictures is not installed: type what the picture shows, or install it with\n{command}")
            self._note(entry, words.format(command=INSTALL))
            return
        self._note(entry, _("The picture is being read; it takes some seconds."))
        self._session.background.read(
            lambda: cards.read_picture(content, name),
            lambda text: self._take_text(entry, text),
            lambda error: self._note(entry, str(error)),
            owner=self,
        )

    def _take_text(self, entry: Entry, text: str) -> None:
        """Take what was read from a picture, below what was typed meanwhile."""
        entry.read("\n".join(part for part in (entry.text, text) if part))
        self._note(entry, _("Read from the picture. Compare it, for nothing here is certain."))
        if entry is self.entry:
            self.person.show_entry(entry)

    def _note(self, entry: Entry, words: str) -> None:
        self._seen[entry].note = words
        self._show_again(entry)

    def _show_again(self, entry: Entry) -> None:
        if entry is self.entry:
            self._show_source()
            self._edited()

    def save(self) -> None:
        """Keep everybody who is ticked, in one unit; what stands in the way is said, and nothing is lost."""
        wanted = [entry for entry in self.entries if entry.ticked]
        lacking = next((one for one in wanted if not (one.value("name").strip() and _has_enterprise(one))), None)
        if lacking is not None:
            self.people.setCurrentRow(self.entries.index(lacking))
            nameless = not lacking.value("name").strip()
            words = _("Please give the name.") if nameless else _("Please give the enterprise.")
            self._refuse(BadInput(words, field="name" if nameless else "enterprise"))
            return
        people = [entry.confirmed(with_picture=self.with_picture.isChecked()) for entry in wanted]
        self.save_button.setEnabled(False)
        self._write_once(
            self._session,
            _("Business cards"),
            lambda book: cards.keep(book, people),
            self._finish,
            self._refuse,
            # Who is not ticked waits in the draft.
            draft=self._autosave if len(wanted) == len(self.entries) else None,
        )

    def _refuse(self, error: CrmError) -> None:
        self._show_state()
        self.error.setText(str(error))
        self.error.show()
        field = error.field if isinstance(error, BadInput) else None
        if field in ("name", "enterprise"):
            self.person.field(field).setFocus()

    def _finish(self, made: list[UUID]) -> None:
        """Close, or go on with those that were not ticked."""
        self._autosave.discard()
        left = [entry for entry in self.entries if not entry.ticked]
        if not left:
            self.accept()
            return
        self.entries = left
        for entry in left:
            entry.ticked = True
        self.people.clear()
        self._fill(0)
        self._autosave.touch()

    def focus_first(self) -> None:
        """Begin at what is lacking: the text where there is none, else the name."""
        (self.source.text if self.entry.blank else self.person.name).setFocus()


def _has_enterprise(entry: Entry) -> bool:
    return bool(entry.enterprise_id or entry.value("enterprise").strip())


def _words(entry: Entry) -> str:
    where = entry.value("enterprise") or (entry.picture[0] if entry.picture else "")
    return f"{entry.value('name') or _('(no name)')}\n{where}"


def open_cards(
    session: Session, window: QWidget, text: str = "", pictures: Sequence[tuple[str, Path | bytes]] = ()
) -> CardsDialog:
    """Open the window on a pasted text and on pictures; without either, on what was kept or on a blank card."""
    entries = []
    for card in cards.read_text(text):
        entries.append(Entry(card.text, card=card))
    for name, content in pictures:
        entries.append(Entry(picture=(name, content if isinstance(content, bytes) else content.read_bytes())))
    dialog = CardsDialog(session, window, entries)
    dialog.open()
    dialog.focus_first()
    return dialog

"""The editable lists: choose one; entries with their year, aliases, whether the bureau confirmed them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from crm_app.domain.fields import values_of
from crm_app.domain.staff import DictionaryEntry
from crm_app.i18n import N_, _
from crm_app.services import dictionaries
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted, table, yes
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.form_dialog import FormDialog, opened

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

LISTS = {
    "cluster": N_("Clusters"),
    "industry": N_("Industries"),
    "future_industry": N_("Future industries"),
    "label": N_("Honours"),
    "channel": N_("Channels"),
    "lead_source": N_("Sources of leads"),
    "park": N_("Parks"),
    "need_kind": N_("Kinds of need"),
    "ownership": N_("Kinds of ownership"),
    "follow_mode": N_("Ways of follow-up"),
    "visit_level": N_("Levels of a delegation"),
    "project_type": N_("Kinds of project"),
    "milestone": N_("Milestones"),
    "lost_reason": N_("Reasons for stopping"),
    "campaign": N_("Campaigns"),
}


class Lists(Part):
    """Enter changes an entry, Insert adds one, Ctrl+Delete offers it no longer, or again."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(_("List"))
        self.choice.setMinimumWidth(theme.px(180))
        for name, words in LISTS.items():
            self.choice.addItem(_(words), name)
        self.choice.currentIndexChanged.connect(lambda _row: self.load())
        self.list = table(
            self,
            "lists",
            (
                Column[DictionaryEntry]("name", _("Name"), lambda one: Cell(one.name, tone=_tone(one)), 220),
                Column[DictionaryEntry](
                    "heading", _("Heading"), lambda one: Cell(one.heading or "", tone="muted"), 170
                ),
                Column[DictionaryEntry]("year", _("Year"), lambda one: Cell(one.shown("year")), 64, right=True),
                Column[DictionaryEntry](
                    "aliases", _("Aliases"), lambda one: Cell(one.shown("aliases")), 220, stretch=True
                ),
                Column[DictionaryEntry]("confirmed", _("Confirmed"), lambda one: Cell(yes(one.confirmed)), 80),
                Column[DictionaryEntry]("retired", _("Offered"), lambda one: Cell(_offered(one), tone=_tone(one)), 96),
            ),
            lambda book: dictionaries.entries(book, self._chosen, retired=True),
            lambda one: " ".join((one.name, one.heading or "", *(one.aliases or ()))),
            nothing=_("This list is empty"),
            add=_("Add an entry"),
            open_new=lambda: self.open_form(self._chosen, None),
            open_row=lambda known: self.open_form(self._chosen, known),
        )
        self._chosen = str(self.choice.currentData())
        self.list.header.insertWidget(0, self.choice)
        actions.make("delete", self.list.table, self._retire)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(
            muted(
                _("What is written with an alias counts as its entry. Rows keep an entry that is offered no longer."),
                self,
            )
        )
        layout.addWidget(self.list, 1)

    def load(self) -> None:
        """Read the chosen list."""
        self._chosen = str(self.choice.currentData())
        self.list.reload()

    def refresh(self, changes: Changes) -> None:
        """Read it again where an entry changed."""
        if changes.touches("dictionary_entry"):
            self.load()

    def focus_first(self) -> None:
        """Start at the choice of a list."""
        self.choice.setFocus()

    def open_form(self, chosen: str, known: DictionaryEntry | None) -> FormDialog:
        """Open the form of an entry of a list, or of a new one."""
        self.choice.setCurrentIndex(self.choice.findData(chosen))

        def save(book: Book, values: dict[str, Any]) -> Outcome[Any]:
            if known is None:
                return dictionaries.add_entry(book, chosen, values["name"], values.get("year"))
            return dictionaries.change_entry(book, known.id, **values)

        asked = ("name", "year") if known is None else ("heading", "year", "aliases", "confirmed")
        dialog = FormDialog(
            self.session,
            self.window(),
            _("Add to “{list}”").format(list=self.choice.currentText()) if known is None else known.name,
            [DictionaryEntry.field(name) for name in asked],
            save,
            draft=f"entry:{known.id if known else chosen}",
            before=values_of(known) if known else None,
        )
        return opened(dialog)

    def _retire(self) -> None:
        entry = self.list.current()
        if entry is None:
            return
        if entry.retired:
            again = _("Offer “{name}” again").format(name=entry.name)
            self.session.write(again, lambda book, _p: dictionaries.change_entry(book, entry.id, retired=False))
        else:
            words = _("Retire a list entry")
            self.session.write(words, lambda book, _p: dictionaries.retire_entry(book, entry.id))


def _tone(entry: DictionaryEntry) -> str:
    return "muted" if entry.retired else "text"


def _offered(entry: DictionaryEntry) -> str:
    return _("no longer") if entry.retired else _("Yes")

"""The editable lists: choose one; entries with their year, aliases, whether the bureau confirmed them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.entry_names import entry_name
from crm_app.domain.fields import values_of
from crm_app.domain.staff import DictionaryEntry
from crm_app.i18n import N_, _
from crm_app.services import dictionaries
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted, table, yes
from crm_app.ui.widgets.cells import Cell, Column, flag_cell
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
    "claim_word": N_("Words of judgement in papers"),
}


class Lists(Part):
    """Enter changes an entry, Insert adds one, Ctrl+Delete offers it no longer, or again.

    ``only`` is the one list a part shows that has more to say of its entries.
    """

    name = "lists"
    only = ""
    asked: tuple[str, ...] = ("name", "year")
    changed: tuple[str, ...] = ("heading", "year", "valid_from", "valid_to", "aliases", "confirmed")

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(_("List"))
        self.choice.setMinimumWidth(theme.px(180))
        for name, words in LISTS.items():
            self.choice.addItem(_(words), name)
        if self.only:
            self.choice.setCurrentIndex(self.choice.findData(self.only))
            self.choice.hide()
        self.choice.currentIndexChanged.connect(lambda _row: self.load())
        self.list = table(
            self,
            self.name,
            (
                Column[DictionaryEntry](
                    "name", _("Name"), lambda one: Cell(entry_name(one.name), tone=_tone(one)), 176, stretch=True
                ),
                *self.columns(),
                Column[DictionaryEntry]("valid", _("Valid"), lambda one: Cell(_valid(one)), 128),
                Column[DictionaryEntry](
                    "aliases", _("Aliases"), lambda one: Cell(one.shown("aliases")), 120, stretch=True
                ),
                Column[DictionaryEntry](
                    "confirmed", _("Confirmed"), lambda one: flag_cell(yes(one.confirmed)), 84, spare=True
                ),
                Column[DictionaryEntry]("retired", _("Offered"), lambda one: Cell(_offered(one), tone=_tone(one)), 76),
            ),
            lambda book: dictionaries.entries(book, self._chosen, retired=True),
            lambda one: " ".join((one.name, entry_name(one.name), one.heading or "", *(one.aliases or ()))),
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
        layout.addWidget(muted(self.explained(), self))
        layout.addWidget(self.list, 1)

    def columns(self) -> tuple[Column[DictionaryEntry], ...]:
        """Return what is shown of an entry beside its name."""
        return (
            Column("heading", _("Heading"), lambda one: Cell(one.heading or "", tone="muted"), 160),
            Column("year", _("Year"), lambda one: Cell(one.shown("year")), 64, right=True),
        )

    def explained(self) -> str:
        """Return what stands above the list."""
        return _(
            "What is written with an alias counts as its entry. An entry is offered while it is valid. "
            "Ctrl+Delete retires one that was used, and rows keep it; one never used goes."
        )

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
                return dictionaries.add_entry(book, chosen, **values)
            return dictionaries.change_entry(book, known.id, **values)

        asked = self.asked if known is None else self.changed
        dialog = FormDialog(
            self.session,
            self.window(),
            _("Add to “{list}”").format(list=self.choice.currentText()) if known is None else known.name,
            [DictionaryEntry.field(name) for name in asked],
            save,
            draft=f"entry:{known.id if known else chosen}",
            before=values_of(known) if known else None,
            columns=2,
        )
        return opened(dialog)

    def _retire(self) -> None:
        entry = self.list.current()
        if entry is None:
            return
        if _ended(entry):
            # A day typed for the end would keep it from being offered.
            values = {"retired": None, "valid_to": None}
            again = _("Offer “{name}” again").format(name=entry.name)
            self.session.write(again, lambda book, _p: dictionaries.change_entry(book, entry.id, **values))
        else:
            words = _("Retire a list entry")
            self.session.write(words, lambda book, _p: dictionaries.retire_entry(book, entry.id))


_THRESHOLDS = ("per_mu", "output_per_mu", "tax_per_mu", "per_mu_since")


class Parks(Lists):
    """The parks, each with what it wants of a mu, and since when."""

    name = "parks"
    only = "park"
    asked = ("name", *_THRESHOLDS, "year")
    changed = (*_THRESHOLDS, "aliases", "year", "valid_from", "valid_to", "confirmed")

    def columns(self) -> tuple[Column[DictionaryEntry], ...]:
        """Return the threshold of a park."""
        return (
            Column("per_mu", _("Investment per mu"), lambda one: Cell(one.shown("per_mu")), 126, right=True),
            Column("output", _("Output per mu"), lambda one: Cell(one.shown("output_per_mu")), 108, right=True),
            Column("tax", _("Tax per mu"), lambda one: Cell(one.shown("tax_per_mu")), 90, right=True),
            Column("since", _("Since"), lambda one: Cell(one.shown("per_mu_since")), 96, spare=True),
        )

    def explained(self) -> str:
        """Return what stands above the parks."""
        return _(
            "Where projects land. Investment, output and tax on a mu (10,000 yuan) are held against the thresholds "
            "of the park from the day they are in force; an older name of a park is one of its aliases."
        )

    def focus_first(self) -> None:
        """Let the arrow keys walk the parks."""
        self.list.focus_first()


def _tone(entry: DictionaryEntry) -> str:
    return "text" if entry.offered(clock.today()) else "muted"


def _offered(entry: DictionaryEntry) -> str:
    if entry.offered(clock.today()):
        return _("Yes")
    return _("no longer") if _ended(entry) else _("not yet")


def _ended(entry: DictionaryEntry) -> bool:
    return bool(entry.retired) or (entry.valid_to is not None and entry.valid_to < clock.today())


def _valid(entry: DictionaryEntry) -> str:
    first, last = entry.valid_from, entry.valid_to
    if first is None and last is None:
        return ""
    return _("{start} – {end}").format(
        start=days.show_short(first) if first else "…", end=days.show_short(last) if last else "…"
    )

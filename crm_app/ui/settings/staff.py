"""Our own people: who travels, owns leads, leads delegations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from crm_app.domain.fields import values_of
from crm_app.domain.staff import Person
from crm_app.i18n import _
from crm_app.services import staff
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted, table
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.form_dialog import FormDialog, opened

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes


class People(Part):
    """Enter changes a colleague, Insert adds one, Ctrl+Delete says that one left, or is back."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._gone = False
        self.gone = QCheckBox(_("Those who left too"), self)
        self.gone.toggled.connect(self._show_gone)
        self.list = table(
            self,
            "people",
            (
                Column[Person]("name", _("Full name"), lambda one: Cell(one.name, tone=_tone(one)), 140),
                Column[Person]("title", _("Title"), lambda one: Cell(one.title or "", tone=_tone(one)), 160),
                Column[Person]("dept", _("Section"), lambda one: Cell(one.dept or "", tone=_tone(one)), 160),
                Column[Person]("team", _("Team"), lambda one: Cell(one.team or "", tone=_tone(one)), 140),
                Column[Person]("level", _("Level"), lambda one: Cell(one.shown("level")), 140, stretch=True),
                Column[Person]("gone", _("With us"), lambda one: Cell(_with_us(one), tone=_tone(one)), 90),
            ),
            lambda book: staff.colleagues(book, gone=self._gone),
            lambda one: " ".join(part for part in (one.name, one.dept, one.team) if part),
            nothing=_("No colleague is entered yet"),
            add=_("Add a colleague"),
            open_new=lambda: self.open_form(None),
            open_row=self.open_form,
        )
        self.list.header.insertWidget(1, self.gone)
        actions.make("delete", self.list.table, self._leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(
            muted(
                _(
                    "A delegation has the level of its leader. Ctrl+Delete says that somebody left: no longer offered, "
                    "they stay in what was written."
                ),
                self,
            )
        )
        layout.addWidget(self.list, 1)

    def _show_gone(self, shown: bool) -> None:
        self._gone = shown
        self.load()

    def _leave(self) -> None:
        person = self.list.current()
        if person is None:
            return
        words = _("{name} is back") if person.gone else _("{name} left")
        gone = None if person.gone else True
        self.session.write(
            words.format(name=person.name), lambda book, _p: staff.change_colleague(book, person.id, gone=gone)
        )

    def load(self) -> None:
        """Read the colleagues."""
        self.list.reload()

    def refresh(self, changes: Changes) -> None:
        """Read them again where one changed."""
        if changes.touches("person"):
            self.load()

    def focus_first(self) -> None:
        """Let the arrow keys walk the colleagues."""
        self.list.focus_first()

    def open_form(self, known: Person | None) -> FormDialog:
        """Open the form of a colleague, or of a new one."""

        def save(book: Book, values: dict[str, Any]) -> Outcome[Any]:
            if known is None:
                return staff.add_colleague(book, **values)
            return staff.change_colleague(book, known.id, **values)

        dialog = FormDialog(
            self.session,
            self.window(),
            _("Add a colleague") if known is None else _("Change a colleague"),
            Person.fields,
            save,
            draft=f"person:{known.id if known else 'new'}",
            before=values_of(known) if known else None,
            columns=2,
        )
        return opened(dialog)


def _tone(person: Person) -> str:
    return "muted" if person.gone else "text"


def _with_us(person: Person) -> str:
    return _("left") if person.gone else _("Yes")

"""A list of one kind of record with the form that enters and changes it: what several parts of the settings are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_app.domain.fields import Field
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted, table
from crm_app.ui.widgets.cells import Column
from crm_app.ui.widgets.form_dialog import FormDialog, opened

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

R = TypeVar("R")


@dataclass(frozen=True)
class Words:
    """What a list says: its hint, that it holds nothing, and the names of what one does with it."""

    hint: str
    nothing: str
    add: str
    change: str
    remove: str


@dataclass(frozen=True)
class Kept(Generic[R]):
    """One kind of record: what is read and shown, what its form asks, and the use cases.

    ``name`` is the list's and the draft's; ``before`` answers the values of a row as the form takes them, ``titles``
    what records it refers to are called.
    """

    name: str
    tables: tuple[str, ...]
    words: Words
    columns: Sequence[Column[R]]
    read: Callable[[Book], Sequence[R]]
    words_of: Callable[[R], str]
    id_of: Callable[[R], UUID]
    fields: Sequence[Field]
    before: Callable[[R], Mapping[str, Any]]
    add: Callable[[Book, dict[str, Any]], Outcome[Any]]
    change: Callable[[Book, UUID, dict[str, Any]], Outcome[Any]]
    remove: Callable[[Book, UUID], Outcome[Any]]
    titles: Callable[[R], Mapping[str, str]] = field(default=lambda _row: {})


class KeptPart(Part, Generic[R]):
    """Enter changes a record, Insert adds one, Ctrl+Delete takes it back."""

    def __init__(self, session: Session, parent: QWidget, kept: Kept[R]) -> None:
        super().__init__(session, parent)
        self.kept = kept
        self.list = table(
            self,
            kept.name,
            kept.columns,
            kept.read,
            kept.words_of,
            nothing=kept.words.nothing,
            add=kept.words.add,
            open_new=lambda: self.open_form(None),
            open_row=self.open_form,
        )
        actions.make("delete", self.list.table, self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(muted(kept.words.hint, self))
        layout.addWidget(self.list, 1)

    def load(self) -> None:
        """Read the list."""
        self.list.reload()

    def refresh(self, changes: Changes) -> None:
        """Read it again where one changed."""
        if changes.touches(*self.kept.tables):
            self.load()

    def focus_first(self) -> None:
        """Let the arrow keys walk the list."""
        self.list.focus_first()

    def open_form(self, known: R | None) -> FormDialog:
        """Open the form of a record, or of a new one."""
        kept = self.kept

        def save(book: Book, values: dict[str, Any]) -> Outcome[Any]:
            return kept.add(book, values) if known is None else kept.change(book, kept.id_of(known), values)

        dialog = FormDialog(
            self.session,
            self.window(),
            kept.words.add if known is None else kept.words.change,
            kept.fields,
            save,
            draft=f"{kept.name}:{kept.id_of(known) if known is not None else 'new'}",
            before=None if known is None else kept.before(known),
            titles=None if known is None else kept.titles(known),
            columns=2,
        )
        return opened(dialog)

    def open_known(self, record: UUID | None) -> None:
        """Open the form of the record of an id, as the draft of it names it; of a new one without."""
        if record is None:
            self.open_form(None)
            return

        def found(rows: Sequence[R]) -> None:
            self.open_form(next((row for row in rows if self.kept.id_of(row) == record), None))

        self.session.read(lambda book: self.kept.read(book), found, owner=self)

    def _remove(self) -> None:
        row = self.list.current()
        if row is not None:
            self.session.write(
                self.kept.words.remove, lambda book, _progress: self.kept.remove(book, self.kept.id_of(row))
            )

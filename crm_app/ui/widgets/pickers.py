"""Editors that choose: an entry of an editable list, one of a fixed set, or another record found by search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import shiboken6
from PySide6.QtWidgets import QWidget

from crm_app.domain.entry_names import entry_name
from crm_app.domain.fields import Field
from crm_app.domain.kinds import Choice, Option, Ref, Several
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.ui import late
from crm_app.ui.session import Session
from crm_app.ui.widgets.editors import Editor, plain_editor
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.several import SeveralEditor
from crm_app.ui.widgets.suggest import Answer, Ask, SuggestField, Suggestion

_MOST_RECORDS = 12


class Sources:
    """Where the offers of a form come from: the book's lists and its search."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lists: dict[str, list[str]] = {}

    def entries(self, list_name: str) -> Ask:
        """Return an ``ask`` over a dictionary list, read once a form."""

        def ask(text: str, answer: Answer) -> None:
            held = self._lists.get(list_name)
            if held is not None:
                answer(fitting(text, held))
                return

            def keep(found: list[str]) -> None:
                self._lists[list_name] = named = [entry_name(one) for one in found]
                answer(fitting(text, named))

            self._session.read(lambda book: late.service("dictionaries").options(book, list_name), keep)

        return ask

    def records(self, table: str) -> Ask:
        """Return an ``ask`` over the records of one table."""
        latest = self._session.latest()

        def ask(text: str, answer: Answer) -> None:
            if not text:
                latest.drop()
                answer(())
                return
            book = self._session.book
            latest.read(
                lambda: late.service("search").search(book, text, kind=table, limit=_MOST_RECORDS),
                lambda hits: answer([Suggestion(hit.title, hit.id) for hit in hits]),
            )

        return ask


def fitting(text: str, entries: Sequence[str]) -> list[Suggestion]:
    """Return the entries that fit the typed text or its pinyin initials, those that begin with it first."""
    found = [entry for entry in entries if fits(text, entry)]
    found.sort(key=lambda entry: not entry.casefold().startswith(text.casefold()))
    return [Suggestion(entry, entry) for entry in found]


class ChoiceEditor(Editor):
    """A field that offers the entries of a list, taken by Enter, mouse or in full; another word is pointed out."""

    def __init__(self, field: Field, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._ask = ask
        self._settled = self._unlisted = ""
        self.line = SuggestField(ask, self, on_click=True, placeholder=_("Choose or type"))
        self.line.let_choose()
        self._hold(self.line)
        self.line.chosen.connect(self._take)
        self.line.nothing_fits.connect(self.check)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.left.connect(self.check)

    def typed(self) -> str:
        """Return the text."""
        return self.line.text()

    def set_typed(self, text: str) -> None:
        """Put text back; what is there already is no slip."""
        self._settled = text.strip()
        self.line.take_text(text)

    def check(self) -> bool:
        """Read what is typed; a word the list does not have is pointed out, now or once the list is read."""
        typed = self.typed().strip()
        if isinstance(self.field.kind, Choice) and typed and typed not in (self._settled, self._unlisted):
            self._ask("", lambda entries: self._compare(typed, entries))
        return super().check()

    def _compare(self, typed: str, entries: Sequence[Suggestion]) -> None:
        if not shiboken6.isValid(self) or typed != self.typed().strip():
            return
        meant = self.field.kind.show(self.field.kind.parse(typed))
        if entries and all(meant != one.text for one in entries):
            self._unlisted = typed
            super().check()

    def doubt(self) -> str:
        """Say that the list has no such entry."""
        if not self._unlisted or self._unlisted != self.typed().strip():
            return ""
        return _("“{text}” is not on the list; it is kept as typed.").format(text=self._unlisted)

    def _take(self, suggestion: Suggestion) -> None:
        self._settled = suggestion.text
        self.line.take_text(suggestion.text)
        self.edited.emit()
        self.check()


class RecordEditor(Editor):
    """Another record, found by typing; a text that names none is refused rather than guessed at."""

    def __init__(self, field: Field, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = SuggestField(ask, self, preselect=False, placeholder=_("Type to find"))
        self._hold(self.line)
        self._record: UUID | None = None
        self._title = ""
        self.line.chosen.connect(self._take)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.left.connect(self.check)

    def typed(self) -> str:
        """Return the id and the title, so that a draft gives both back."""
        chosen = self._record is not None and self.line.text() == self._title
        return f"{self._record if chosen else ''}|{self.line.text()}" if self.line.text() else ""

    def set_typed(self, text: str) -> None:
        """Put both back."""
        known, _bar, title = text.partition("|")
        self.set_record(UUID(known) if known else None, title)

    def set_record(self, record: UUID | None, title: str) -> None:
        """Show a record by its title."""
        self._record, self._title = record, title
        self.line.take_text(title)

    def set_value(self, value: Any) -> None:
        """Show nothing, or keep the title given before; ``set_record`` shows another record."""
        if value != self._record:
            self.set_record(value, "" if value is None else _("(chosen)"))

    def value(self) -> UUID | None:
        """Return the record's id; raise BadInput for a text that was not chosen from the offers."""
        if not self.line.text().strip():
            return None
        if self._record is None or self.line.text() != self._title:
            raise BadInput(_("Please choose one of the offers with ↓ and Enter."), field=self.field.name)
        return self._record

    def echo(self, value: Any) -> str:
        """Return nothing: the title says it."""
        return ""

    def _take(self, suggestion: Suggestion) -> None:
        self.set_record(suggestion.value, suggestion.text)
        self.edited.emit()
        self.check()


def make_editor(field: Field, sources: Sources, parent: QWidget | None = None) -> Editor:
    """Return the editor for a declared field."""
    kind = field.kind
    if isinstance(kind, Choice):
        return ChoiceEditor(field, sources.entries(kind.list_name), parent)
    if isinstance(kind, Option):
        return ChoiceEditor(field, _from_set(kind), parent)
    if isinstance(kind, Several):
        return SeveralEditor(field, parent)
    if isinstance(kind, Ref):
        return RecordEditor(field, sources.records(kind.table), parent)
    return plain_editor(field, parent)


def _from_set(kind: Option) -> Callable[[str, Answer], None]:
    def ask(text: str, answer: Answer) -> None:
        answer(fitting(text, [_(kind.labels[option]) for option in kind.options]))

    return ask

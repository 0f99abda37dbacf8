"""What every page and form is given: the book, the settings, the doors to slow work, and a way to be heard.

Nobody reaches for the main window: a page *says* what it wants through the session's signals (go there, tell this),
and hears of changes through one broadcast.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, Signal

from crm_app.errors import Cancelled, CrmError, NothingLeft
from crm_app.i18n import _
from crm_app.settings import Settings
from crm_app.ui import late, theme
from crm_app.ui.background import Background, Job, Latest, Progress
from crm_app.ui.crash import Bug, CrashHook
from crm_app.ui.drafts import Autosave, BookDrafts, DraftStore
from crm_app.ui.words import Words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crm_app.domain.reminders import Away
    from crm_app.services.book import Book
    from crm_app.services.outcome import Changes, Outcome

T = TypeVar("T")


@dataclass(frozen=True)
class Location:
    """Somewhere the window can be, and come back to: a place and, where it shows one, a record or a view of it."""

    place: str
    record: UUID | None = None
    view: str = ""
    """A filter, tab or template of the place, in the place's own words."""
    records: tuple[UUID, ...] = ()
    """Several records instead of one, where a place can show such."""


class Session(QObject):
    """One run of the program. ``book`` is None until one is open."""

    changed = Signal(object)
    """The ``Changes`` of a unit of work that was committed; pages refresh themselves from it."""
    opened = Signal()
    """A book was attached, or another one."""
    left = Signal()
    """The book was left for the start; no page of it is shown any more."""
    leave_wanted = Signal()
    """The book shall be left for the start, as the sample is."""
    protection_changed = Signal()
    """The open book got a password, or lost it."""
    lock_wanted = Signal()
    """The book shall be locked now."""
    wanted = Signal(object)
    """A Location somebody wants to be shown."""
    gone = Signal(object)
    """The id of a record that was to be shown and is not in the book: no way leads back to it."""
    log_wanted = Signal(object)
    """The log form is wanted; the argument is the enterprise's id, or None."""
    import_wanted = Signal(object)
    """Ledgers shall be imported; the argument is a list of paths, empty to choose."""
    export_wanted = Signal(str)
    """Every row of a kind shall be written to a file; a kind that is none offers the first."""
    said = Signal(str, bool)
    """A short sentence for the toast; True offers Undo."""
    draft_back = Signal()
    """A draft that was thrown away is kept again."""
    trouble = Signal(str)
    """A sentence for the error bar."""
    backed_up = Signal(object)
    """How the backups stand: a ``State`` of services/backups.py."""
    backup_wanted = Signal()
    """Backups shall be looked after now: one was made, restored, or another second place was chosen."""
    closing = Signal()
    """The window closes: what can be stopped stops."""
    away_noted = Signal()
    """The program had not run for a while, or the laptop slept: ``away`` says when."""
    language_changed = Signal()
    """Everything is built anew in another language."""
    sizes_changed = Signal()
    """Everything is built anew at another font size or density."""

    def __init__(
        self,
        settings: Settings,
        crash_hook: CrashHook,
        words: Words,
        drafts: DraftStore | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self._words = words
        self.crash_hook = crash_hook
        self.background = Background(crash_hook, self)
        self.drafts: DraftStore = drafts or BookDrafts(self.background, lambda: self.book)
        self._book: Book | None = None
        self._protected = self._sample = False
        self._changed_last: Changes | None = None
        self._thrown: tuple[str, dict[str, str]] | None = None
        self.away: Away | None = None
        self.home: QWidget | None = None
        """Where pages will stand, if it is known: one that is made elsewhere is dressed twice."""
        self.background.trouble.connect(self.trouble)
        crash_hook.told.connect(self.trouble)

    @property
    def book(self) -> Book:
        """The open book, opaque here; pass it to services inside ``work``."""
        assert self._book is not None, "pages are made after a book is open"
        return self._book

    @property
    def has_book(self) -> bool:
        """Whether a book is open."""
        return self._book is not None

    @property
    def is_protected(self) -> bool:
        """Whether the open book has a password, and can therefore be locked."""
        return self._protected

    @property
    def is_sample(self) -> bool:
        """Whether the open book is the sample."""
        return self._sample

    def attach(self, book: Book, *, protected: bool = False, sample: bool = False) -> None:
        """Work on this book from now on; ``protected``: it has a password, ``sample``: it is the sample."""
        self._book = book
        self._protected, self._sample = protected, sample
        self.opened.emit()

    def detach(self) -> Book:
        """Work on no book from now on; return the one that was open, to be closed."""
        book = self.book
        self._book = self._thrown = None
        self._protected = self._sample = False
        self.left.emit()
        return book

    def note_protection(self, protected: bool) -> None:
        """Say that the open book got a password, or lost it."""
        self._protected = protected
        self.protection_changed.emit()

    def write(
        self,
        label: str,
        work: Callable[[Book, Progress], Outcome[T]],
        done: Callable[[T], object] | None = None,
        failed: Callable[[CrmError], object] | None = None,
        *,
        owner: QObject | None = None,
        draft: Autosave | None = None,
    ) -> Job:
        """Run a use case on the writer's thread, broadcast what it changed, offer to undo it, then call ``done``.

        ``draft`` is that of the form which asks for it. Where the form was closed meanwhile, it kept one: that goes
        once all of it is in the book.
        """
        book = self.book
        key, typed = (draft.key, draft.values()) if draft is not None else ("", {})

        def finish(outcome: Outcome[T]) -> None:
            self._announce(outcome.changes)
            if owner is not None and not shiboken6.isValid(owner):
                if key and self.drafts.load(key) == typed:
                    self.drafts.drop(key)
            elif done is not None:
                done(outcome.value)

        def fail(error: CrmError) -> None:
            if failed is not None and (owner is None or shiboken6.isValid(owner)):
                failed(error)
            elif not isinstance(error, (Cancelled, Bug)):
                # The form is gone, its work was not done: that must not pass in silence.
                self.trouble.emit(str(error))

        # No owner here: what was changed is broadcast though the form that asked for it is closed.
        return self.background.write(label, lambda progress: work(book, progress), finish, fail)

    def read(
        self,
        work: Callable[[Book], T],
        done: Callable[[T], object],
        failed: Callable[[CrmError], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """Run a short read of the book beside everything else."""
        book = self.book
        return self.background.read(lambda: work(book), done, failed, owner=owner)

    def latest(self) -> Latest:
        """Return reads of which only the newest answer counts."""
        return Latest(self.background)

    def autosave(self, form: QObject, key: str, typed: Callable[[], dict[str, str]]) -> Autosave:
        """Keep what ``typed`` answers under ``key`` while ``form`` lives; connect the form's ``edited`` to touch."""
        return Autosave(self.drafts, key, typed, self.crash_hook, form)

    def go(self, place: str, record: UUID | None = None, view: str = "", records: Sequence[UUID] = ()) -> None:
        """Show a place, or a record of it; the user comes back from there with Alt+←."""
        self.wanted.emit(Location(place, record, view, tuple(records)))

    def say(self, sentence: str, *, undo: bool = False) -> None:
        """Show a short sentence for a few seconds."""
        self.said.emit(sentence, undo)

    def set_language(self, language: str) -> None:
        """Speak ``zh_CN`` or ``en`` from now on."""
        self.settings.language = language
        self._words.use(language)
        theme.follow_language()
        self.language_changed.emit()

    def set_look(self, look: str) -> None:
        """Look ``light``, ``dark`` or as the system (``auto``) from now on."""
        self.settings.look = look
        theme.set_look(look)

    def set_sizes(self, font_size: int, density: str) -> None:
        """Have another font size, in per cent, and density from now on."""
        self.settings.font_size, self.settings.density = font_size, density
        theme.set_sizes(theme.Sizes(font_size, density))
        self.sizes_changed.emit()

    def set_motion(self, motion: str) -> None:
        """Let things move (``on``), keep them still (``off``), or do as the system does (``auto``)."""
        self.settings.motion = motion
        theme.set_motion(motion)

    def throw_away(self, key: str) -> None:
        """Let go of a draft; the toast, or Ctrl+Z as long as nothing else is written, brings it back."""
        kept = self.drafts.load(key)
        self.drafts.drop(key)
        if kept:
            self._thrown = key, kept
            self.said.emit(_("The draft is thrown away"), True)

    def undo(self) -> None:
        """Take back the last unit of work and say which it was; before it, a draft that was thrown away since."""
        if self._thrown is None:
            self._step(lambda: late.service("book").undo)
            return
        key, kept = self._thrown
        self._thrown = None
        if self.drafts.load(key):
            self.said.emit(_("Something newer is typed in that form by now; it stays."), False)
            return
        self.drafts.save(key, kept)
        self.said.emit(_("The draft is back; Today names it"), False)
        self.draft_back.emit()

    def redo(self) -> None:
        """Bring back what was taken back last."""
        self._step(lambda: late.service("book").redo)

    def _step(self, which: Callable[[], Callable[[Book], Changes]]) -> None:
        if not self.has_book:
            return
        book = self.book

        def told(changes: Changes) -> None:
            self._broadcast(changes)
            self.said.emit(changes.label, False)

        def failed(error: CrmError) -> None:
            if isinstance(error, NothingLeft):
                self.said.emit(str(error), False)
            elif not isinstance(error, (Cancelled, Bug)):
                self.trouble.emit(str(error))

        self.background.write("", lambda _progress: which()(book), told, failed)

    def _announce(self, changes: Changes) -> None:
        if changes.unit is None:
            return
        self._thrown = None
        self._broadcast(changes)
        self.said.emit(changes.label, changes.undoable)

    def _broadcast(self, changes: Changes) -> None:
        self._changed_last = changes
        self.changed.emit(changes)

    def note_arrival(self) -> None:
        """Note that a place is shown: what changes from now on changes there."""
        self._changed_last = None

    def changed_here(self, record: UUID) -> bool:
        """Say whether the last step since the place was shown changed a record."""
        last = self._changed_last
        return last is not None and any(record in last.ids(table) for table in last.rows)

"""What is typed is never lost: a form's text is kept within two seconds, and once more when something breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.ui.background import Background
from crm_app.ui.crash import Bug, CrashHook
from crm_app.ui.late import service

_AFTER_MS = 1500
_AGAIN_MS = 5000
"""After this, what the disk did not take is tried again."""


class DraftStore(Protocol):
    """Where drafts are kept, by a key such as ``log`` or ``visit:0190…``; values are texts as typed."""

    def save(self, key: str, values: Mapping[str, str]) -> None:
        """Keep the typed values under the key, in place of what was there."""

    def load(self, key: str) -> dict[str, str]:
        """Return what is kept; empty where nothing is."""

    def drop(self, key: str) -> None:
        """Forget it: the form was saved, or the user threw it away."""


class BookDrafts:
    """Drafts in the open book. Saving goes through a door of its own; loading answers what was saved last.

    Where the disk does not take one, that is said once, and what was typed is tried again until it is kept.
    """

    def __init__(self, background: Background, book: Callable[[], Any]) -> None:
        self._background = background
        self._book = book
        self._queued: dict[str, dict[str, str]] = {}
        self._unkept: set[str] = set()
        self._again = QTimer(background, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._keep_again)

    def save(self, key: str, values: Mapping[str, str]) -> None:
        """Keep the typed values."""
        self._queued[key] = dict(values)
        self._write(key)

    def load(self, key: str) -> dict[str, str]:
        """Return what is kept."""
        if key in self._queued:
            return dict(self._queued[key])
        found = service("drafts").load(self._book(), key)
        return dict(found or {})

    def drop(self, key: str) -> None:
        """Forget it."""
        self._queued[key] = {}
        self._write(key)

    def _write(self, key: str) -> None:
        book, values = self._book(), self._queued[key]

        def work() -> None:
            if values:
                service("drafts").keep(book, key, values)
            else:
                service("drafts").drop(book, key)

        self._background.keep(work, lambda _done: self._kept(key), lambda error: self._refused(key, error))

    def _kept(self, key: str) -> None:
        self._unkept.discard(key)

    def _refused(self, key: str, error: CrmError) -> None:
        is_first = not self._unkept
        self._unkept.add(key)
        self._again.start()
        if is_first and not isinstance(error, Bug):
            words = _("What you are typing cannot be kept just now: {reason} It is tried again by itself.")
            self._background.trouble.emit(words.format(reason=error))

    def _keep_again(self) -> None:
        for key in sorted(self._unkept):
            self._write(key)


class Autosave(QObject):
    """Keeps one form's text while it is being typed. Lives as long as the form, which is its parent."""

    def __init__(
        self, store: DraftStore, key: str, typed: Callable[[], Mapping[str, str]], hook: CrashHook, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._store, self.key, self._typed = store, key, typed
        self._saved: dict[str, str] = {}
        self._settled = False
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.now)
        take_off = hook.add_keeper(self.now)
        self.destroyed.connect(lambda: take_off())

    def touch(self) -> None:
        """Something was typed: save soon. A running timer is left alone, so that steady typing is saved too."""
        self._settled = False
        if not self._timer.isActive():
            self._timer.start()

    def now(self) -> None:
        """Save at once, where there is something that is not saved yet."""
        self._timer.stop()
        # A form that was saved may live on hidden: what still stands in it is no draft.
        if self._settled:
            return
        values = self.values()
        if values != self._saved:
            self._saved = values
            if values:
                self._store.save(self.key, values)
            else:
                self._store.drop(self.key)

    def values(self) -> dict[str, str]:
        """Return what a draft holds of what is typed now."""
        return {name: text for name, text in self._typed().items() if text.strip()}

    def end(self) -> None:
        """Save at once, and never again: the form goes on to another record."""
        self.now()
        self._settled = True
        self.deleteLater()

    def restore(self) -> dict[str, str]:
        """Return what was kept before; empty where nothing was."""
        self._saved = self._store.load(self.key)
        return dict(self._saved)

    def restore_beside(self, background: Background, take: Callable[[dict[str, str]], object]) -> None:
        """Read beside the window what was kept before, and hand it to ``take``."""
        store, key = self._store, self.key

        def found(kept: dict[str, str]) -> None:
            if not self._settled:
                self._saved = dict(kept)
                take(kept)

        background.read(lambda: store.load(key), found, owner=self)

    def discard(self) -> None:
        """Forget the draft: the form was saved or thrown away. Typing on begins another one."""
        self._timer.stop()
        self._settled = True
        self._saved = {}
        self._store.drop(self.key)

"""Backups (备份): made by themselves, to a second place too, thinned out, and looked through before one is restored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from crm_app import clock
from crm_app.db import backup, backup_places, keys, previews, restoring
from crm_app.db.backup_places import Found
from crm_app.db.book import Book
from crm_app.db.previews import Contents
from crm_app.domain import backups
from crm_app.domain.backups import CURRENT, LABELS, Kind
from crm_app.errors import Locked, NotFound, Refused
from crm_app.i18n import _
from crm_app.progress import Report, unheard

__all__ = ["LABELS", "Contents", "Found", "Kind"]

_BETWEEN_COPIES = timedelta(hours=1)
"""How often a second place that stays plugged in gets what has changed."""


@dataclass(frozen=True)
class State:
    """How the book's backups stand; instants are UTC milliseconds, None where there is no backup.

    ``last_at``: the newest at either place; ``own_at``: beside the book.
    ``second``: the second place, if one was chosen; ``second_here``: it is there now; ``second_behind``: it lacks the
    last change. ``made``: what was made just now; ``sentences``: what went wrong.
    """

    last_at: int | None
    own_at: int | None = None
    second: Path | None = None
    second_at: int | None = None
    second_here: bool = False
    second_behind: bool = False
    made: tuple[Path, ...] = ()
    sentences: tuple[str, ...] = ()

    def is_old(self, now_ms: int) -> bool:
        """Say whether the newest backup is older than three days, or there is none."""
        return self.last_at is None or clock.local(now_ms) - clock.local(self.last_at) > backups.OLD

    def is_out_of_reach(self, now_ms: int) -> bool:
        """Say whether the second place has lacked the last change for more than seven days, or never got a backup."""
        if self.second is None:
            return False
        if self.second_at is None:
            return True
        return self.second_behind and clock.local(now_ms) - clock.local(self.second_at) > backups.OUT_OF_REACH


def age_in_words(at_ms: int, now_ms: int) -> str:
    """Return how long ago an instant was, in words."""
    return backups.age_in_words(clock.local(at_ms), clock.local(now_ms))


def folder_of(path: Path) -> Path:
    """Return the folder beside a book where its backups go by themselves."""
    return backup_places.backups_folder(path)


def state(book: Book, second: Path | None) -> State:
    """Return how the backups stand; ``second`` is the second place, which may be away.

    Raise Refused where a folder cannot be read.
    """
    here = (_newest(book, folder) for folder in (folder_of(book.path), book.path.parent))
    own = max((at for at in here if at is not None), default=None)
    there = None
    if second is not None:
        # The name knows the second alone, the book's own note the instant, and the note alone a place that is away.
        known = backup_places.last_noted(book, second)
        there = max((at for at in (_newest(book, second), known) if at is not None), default=None)
    return State(
        max((at for at in (own, there) if at is not None), default=None),
        own,
        second,
        there,
        second_here=second is not None and second.is_dir(),
        second_behind=second is not None and backup_places.last_change(book) >= (there or 0),
    )


def _newest(book: Book, folder: Path) -> int | None:
    made = backup_places.names_in(book.path, folder)
    return next((int(one.at.timestamp() * 1000) for one in made if one.kind in CURRENT), None)


def keep_up(book: Book, second: Path | None, *, appeared: bool = False, progress: Report = unheard) -> State:
    """Make the backups that are due, beside the book and at the second place, and thin both out; say how they stand.

    ``appeared``: the second place was away until now, so that it gets whatever it has not. What goes wrong is told in
    the answer's sentences: trouble at one place keeps none from the other. Raise Locked for a locked book, and what
    ``progress`` raises.
    """
    own = folder_of(book.path)
    now = clock.local(clock.now_ms())
    made: list[Path] = []
    sentences: list[str] = []
    try:
        if backups.is_due(backup_places.names_in(book.path, own), now):
            made.append(backup.make(book, own, clock.now_ms(), Kind.AUTO, progress))
        sentences += _thin_out(book, own)
    except Locked:
        raise
    except Refused as error:
        sentences.append(str(error))
    try:
        if second is not None and second.is_dir() and second != own:
            if _is_behind(book, second, appeared):
                made.append(backup.make(book, second, clock.now_ms(), Kind.AUTO, progress))
            sentences += _thin_out(book, second)
    except Locked:
        raise
    except Refused as error:
        sentences.append(_("The backup to {path} did not work. {reason}").format(path=second, reason=error))
    backup_places.take_stock(book)
    return replace(state(book, second), made=tuple(made), sentences=tuple(dict.fromkeys(sentences)))


def back_up_now(book: Book, second: Path | None, progress: Report = unheard) -> list[Path]:
    """Back the book up by hand, beside it and at the second place where that is there; return the checked backups.

    Raise Refused where one did not work; what is done already stays.
    """
    places = [folder_of(book.path), *([second] if second is not None and second.is_dir() else [])]
    return [backup.make(book, folder, clock.now_ms(), Kind.HAND, progress) for folder in dict.fromkeys(places)]


def _thin_out(book: Book, folder: Path) -> list[str]:
    if backup.thin_out(book, folder):
        return []
    return [_("The newest backup is dated in the future: is the laptop's clock right? Until then none is removed.")]


def _is_behind(book: Book, folder: Path, appeared: bool) -> bool:
    newest, now = _newest(book, folder), clock.now_ms()
    if newest is None:
        return True
    if newest > now:
        # By a clock that was set back nothing can be told apart: one copy each time the place appears.
        return appeared
    rested = now - newest > _BETWEEN_COPIES / timedelta(milliseconds=1)
    # The name knows the second alone, the book's own note the instant.
    exact = max(newest, backup_places.last_noted(book, folder) or 0)
    return backup_places.last_change(book) >= exact and (appeared or rested)


def list_backups(path: Path, second: Path | None = None) -> list[Found]:
    """Return every backup of a book that is in reach, newest first: in its folder, beside it, at the second place.

    Raise Refused where a folder cannot be read.
    """
    return backup_places.find(path, [folder_of(path), path.parent, *([second] if second else [])])


@dataclass(frozen=True)
class Preview:
    """What restoring a backup would bring.

    ``problem``: why it cannot be restored, in words; ``asks``: its password is wanted before it can be looked into.
    ``other_password``: the book would open with the backup's password; ``loses_password``: with none any more.
    """

    contents: Contents | None = None
    problem: str = ""
    protected: bool = False
    asks: bool = False
    other_password: bool = False
    loses_password: bool = False


def preview(book: Book, file: Path, secret: str | None = None) -> Preview:
    """Look into a backup without changing it; ``secret`` is its password, where it is another than the book's.

    Raise Locked for a wrong one.
    """
    try:
        key = restoring.key_for(file, book.key, secret)
        contents = previews.look_into(file, key)
    except Locked:
        if secret is not None:
            raise
        return Preview(protected=True, asks=True)
    except (NotFound, Refused) as error:
        return Preview(problem=str(error), protected=_is_protected(file))
    protected = key is not None
    return Preview(
        contents,
        protected=protected,
        other_password=protected and key != book.key,
        loses_password=not protected and book.key is not None,
    )


def _is_protected(file: Path) -> bool:
    return file.is_file() and not keys.is_plain(file)


def present(book: Book) -> Contents | None:
    """Return what is in the book now; None for one that is held because it is damaged or missing."""
    return restoring.present(book)

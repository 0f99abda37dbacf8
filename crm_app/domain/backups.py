"""Backups (备份): what their names say, and which of them may go.

Thinning keeps everything of the last day, then one a day, a week, a month. It counts days that have a backup, not days
that passed: a clock that jumps ahead costs no more than a quiet week does.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from crm_app.i18n import N_, _, ngettext

EVERY = timedelta(days=1)
"""How old the newest backup may become before the next is made by itself, and how long every one is kept."""

DAYS, WEEKS, MONTHS = 14, 8, 24
"""Of how many days, weeks and months the newest backup is kept."""

OLD = timedelta(days=3)
"""A backup older than this is a warning."""

OUT_OF_REACH = timedelta(days=7)
"""A second place that has lacked the last change for longer than this is a warning."""

_TIME = "%Y%m%d-%H%M%S"


class Kind(StrEnum):
    """Why a backup was made; the value stands in its name."""

    HAND = "hand"
    AUTO = "auto"
    IMPORT = "import"
    UPGRADE = "upgrade"
    RESTORE = "restore"
    DAMAGED = "damaged"


LABELS = {
    Kind.HAND: N_("by hand"),
    Kind.AUTO: N_("automatic"),
    Kind.IMPORT: N_("before an import"),
    Kind.UPGRADE: N_("before an upgrade"),
    Kind.RESTORE: N_("before a restore"),
    Kind.DAMAGED: N_("damaged book, kept as it was"),
}

THINNED = frozenset({Kind.AUTO, Kind.IMPORT, Kind.UPGRADE})
"""What thinning may remove: never what was made by hand, never what a restore replaced."""

CURRENT = frozenset({Kind.HAND, *THINNED})
"""What counts as a backup of the book as it is: what a restore put aside is another state."""


@dataclass(frozen=True)
class Made:
    """What a backup's name says: when it was made, on this laptop's wall clock, and why."""

    name: str
    at: datetime
    kind: Kind


@dataclass(frozen=True)
class Thinning:
    """What may be removed; ``clock_behind``: nothing, because the newest backup is dated in the future."""

    remove: tuple[Made, ...]
    clock_behind: bool = False


def name_for(stem: str, suffix: str, at: datetime, kind: Kind, taken: Callable[[str], bool]) -> str:
    """Return the name of a new backup; one made by hand carries no word. An earlier one is never written over."""
    word = "" if kind is Kind.HAND else f"-{kind}"
    more = itertools.chain([""], (f"-{n}" for n in itertools.count(2)))
    names = (f"{stem}-{at:{_TIME}}{word}{one}{suffix}" for one in more)
    return next(name for name in names if not taken(name))


def read_names(stem: str, suffix: str, names: Iterable[str]) -> list[Made]:
    """Return the backups among these file names, the newest first."""
    kinds = "|".join(kind for kind in Kind if kind is not Kind.HAND)
    pattern = re.compile(rf"{re.escape(stem)}-(\d{{8}}-\d{{6}})(?:-({kinds}))?(?:-\d+)?{re.escape(suffix)}")
    found = []
    for name in names:
        match = pattern.fullmatch(name)
        at = _instant(match[1]) if match else None
        if match and at is not None:
            found.append(Made(name, at, Kind(match[2]) if match[2] else Kind.HAND))
    return sorted(found, key=lambda one: (one.at, one.name), reverse=True)


def _instant(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _TIME).astimezone()
    except ValueError:
        # Digits that are no time: a file of somebody else's.
        return None


def age_in_words(at: datetime, now: datetime) -> str:
    """Return how long ago something was: minutes, hours, then days; “just now” for a clock that was set back too."""
    minutes = int((now - at) / timedelta(minutes=1))
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("{n} minute ago", "{n} minutes ago", minutes).format(n=minutes)
    if minutes < 24 * 60:
        return ngettext("{n} hour ago", "{n} hours ago", minutes // 60).format(n=minutes // 60)
    return ngettext("{n} day ago", "{n} days ago", minutes // (24 * 60)).format(n=minutes // (24 * 60))


def is_due(made: Iterable[Made], now: datetime) -> bool:
    """Say whether the newest backup is older than a day; one dated in the future tells nothing."""
    return not any(one.kind in CURRENT and now - EVERY < one.at <= now for one in made)


def thin(made: Collection[Made], now: datetime) -> Thinning:
    """Return which of one folder's backups may go, by a clock that can be trusted."""
    if not made:
        return Thinning(())
    if max(one.at for one in made) > now:
        return Thinning((), clock_behind=True)
    ours = sorted((one for one in made if one.kind in THINNED), key=lambda one: (one.at, one.name), reverse=True)
    kept = {ours[0]} if ours else set()
    kept.update(one for one in ours if now - one.at < EVERY)
    kept.update(_newest_of(ours, lambda at: at.date(), DAYS))
    kept.update(_newest_of(ours, lambda at: at.isocalendar()[:2], WEEKS))
    kept.update(_newest_of(ours, lambda at: (at.year, at.month), MONTHS))
    return Thinning(tuple(one for one in ours if one not in kept))


def _newest_of(ours: list[Made], period: Callable[[datetime], object], most: int) -> list[Made]:
    """Return the newest backup of each of the latest ``most`` periods that have one; ``ours`` is newest first."""
    first: dict[object, Made] = {}
    for one in ours:
        first.setdefault(period(one.at), one)
    return list(first.values())[:most]

"""The records seen last and where one was, for each book: ids alone, no word of a book is kept beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from crm_app.settings import Settings
from crm_app.ui.places import KNOWN
from crm_app.ui.session import Location

_MOST = 12


class Recent:
    """What was seen in the book that is open, the latest first."""

    def __init__(self, settings: Settings, book: Path) -> None:
        self._settings = settings
        which = sha256(str(book).encode()).hexdigest()[:16]
        self._key, self._left = f"recent-{which}", f"place-{which}"
        self._seen = self._kept(self._key)

    def note(self, location: Location) -> None:
        """Put a record first; a place without one is none."""
        if location.record is not None:
            others = [one for one in self._seen if one.record != location.record]
            self._seen = [location, *others][:_MOST]

    def all(self) -> list[Location]:
        """Return them; none where what is kept is of another version."""
        return self._seen

    def leave(self, location: Location) -> None:
        """Keep them, and where the window is when it closes: not before, a disk may take its time over each."""
        self._keep(self._key, self._seen)
        self._keep(self._left, [location])

    @property
    def place(self) -> Location | None:
        """Where the window was when it was closed last."""
        return next(iter(self._kept(self._left)), None)

    def _keep(self, key: str, locations: Sequence[Location]) -> None:
        rows = [[one.place, str(one.record or ""), one.view] for one in locations]
        self._settings.set_last(key, json.dumps(rows))

    def _kept(self, key: str) -> list[Location]:
        try:
            rows = json.loads(self._settings.last(key) or "[]")
            found = [Location(str(place), UUID(record) if record else None, str(view)) for place, record, view in rows]
        except (ValueError, TypeError, AttributeError):
            return []
        return [one for one in found if one.place in KNOWN]

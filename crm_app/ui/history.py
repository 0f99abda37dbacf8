"""Where the user has been, for Alt+← and Alt+→."""

from __future__ import annotations

from uuid import UUID

from crm_app.ui.session import Location

_LONGEST = 100


class History:
    """Like a browser's: going somewhere new forgets what lay ahead."""

    def __init__(self) -> None:
        self._been: list[Location] = []
        self._at = -1

    @property
    def here(self) -> Location | None:
        """Where the user is."""
        return self._been[self._at] if self._been else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is somewhere to go back to."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether the user came back from somewhere."""
        return self._at < len(self._been) - 1

    def visit(self, location: Location) -> None:
        """Note that the user went to ``location``; going where one is changes nothing."""
        if location == self.here:
            return
        self._been = [*self._been[: self._at + 1], location][-_LONGEST:]
        self._at = len(self._been) - 1

    def forget(self, record: UUID) -> None:
        """Lead no more to a record that is gone, as if the user had never been there."""
        kept: list[Location] = []
        at = 0
        for n, location in enumerate(self._been):
            if location.record != record and location != (kept[-1] if kept else None):
                kept.append(location)
            if n == self._at:
                at = max(len(kept) - 1, 0)
        self._been, self._at = kept, at if kept else -1

    def back(self) -> Location | None:
        """Step back; None at the beginning."""
        return self._step(-1) if self.can_go_back else None

    def forward(self) -> Location | None:
        """Step forward; None at the end."""
        return self._step(1) if self.can_go_forward else None

    def _step(self, by: int) -> Location:
        self._at += by
        return self._been[self._at]

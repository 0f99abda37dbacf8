"""One who leads the window to a scene and goes on at once, whatever has not come yet."""

from __future__ import annotations

from collections.abc import Callable

from tests.ui.pictures import Studio


class Hasty(Studio):
    """A studio that waits for nothing."""

    @classmethod
    def at(cls, made: Studio) -> Hasty:
        """Return one at the window of another, on the book that is open there."""
        return cls(made.program, made.folder, made.book, made.empty)

    def rest(self, ms: int = 0) -> None:
        """Let nothing work."""

    def until(self, holds: Callable[[], object]) -> None:
        """Wait for nothing."""

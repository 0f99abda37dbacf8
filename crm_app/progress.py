"""How far long work is, told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[int, int, str], None]
"""Told how much of how much is done (0: nobody knows of how much), and with what; raises Cancelled to stop it."""


def unheard(_done: int, _total: int, _what: str) -> None:
    """Report to nobody."""

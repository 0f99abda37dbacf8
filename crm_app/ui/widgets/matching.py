"""Does what was typed fit an entry of a list at hand? By any part of it, or by the initials of its pinyin."""

from __future__ import annotations

from functools import lru_cache

from crm_app.domain import pinyin


@lru_cache(maxsize=4096)
def _initials(text: str) -> str:
    return pinyin.initials(text).replace(" ", "").casefold()


def fits(typed: str, text: str) -> bool:
    """Say whether ``typed`` is part of ``text`` or of its initials; nothing typed fits everything."""
    wanted = typed.strip().casefold()
    return wanted in text.casefold() or wanted.replace(" ", "") in _initials(text)

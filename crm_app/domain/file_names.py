"""Names for files that every file system takes, made of titles that were written for people."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
"""What Windows refuses in a name, which is all that the others refuse, and more."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_MOST_BYTES = 180
"""Of the 255 most file systems take, with room for an ending and for “ (2)”."""


def file_name(title: str, ending: str = "", day: date | None = None) -> str:
    """Return a name of a title, with the day behind it and an ending such as “.pdf”; never empty, never too long."""
    legible = "".join(c for c in title if unicodedata.category(c) not in ("Cf", "Cs"))
    kept = " ".join(_REFUSED.sub(" ", legible).split()).strip(" .")
    if not kept or _RESERVED.fullmatch(kept):
        kept = f"_{kept}"
    behind = f" {day.isoformat()}" if day else ""
    kept = kept.encode()[: _MOST_BYTES - len(behind)].decode(errors="ignore").rstrip(" .")
    return f"{kept}{behind}{ending}"

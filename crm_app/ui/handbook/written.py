"""The written pages as text: found in the language in use, titled, searched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from crm_app import i18n, paths
from crm_app.ui.handbook.contents import WRITTEN

KEY = re.compile(r"`(?P<keys>(?:(?:Ctrl|Alt|Shift)\+)*(?:F\d{1,2}|[A-Z0-9+,-]|[A-Z][a-z]+[A-Za-z]*))`")
"""A shortcut between backticks, as ``ui/actions.py`` writes it."""
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`#>]+|^\s*(?:-|\d+\.)\s+", re.M)
_AROUND = 24


@dataclass(frozen=True)
class Hit:
    """A page on which everything that was looked for stands, and the words around the first of it."""

    page: str
    title: str
    around: str


def folder(language: str | None = None) -> Path:
    """Return the folder of the pages in a language, by default the one in use."""
    return paths.resources() / "handbook" / (language or i18n.language())


def in_look(picture: Path, look: str) -> Path:
    """Return the file that shows a picture in a look: the dark one stands beside the light one."""
    return picture if look == "light" else picture.with_stem(f"{picture.stem}-{look}")


def text_of(page: str, language: str | None = None) -> str:
    """Return a written page as Markdown."""
    return _read(folder(language) / f"{page}.md")


@lru_cache(maxsize=128)
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def title_of(page: str, language: str | None = None) -> str:
    """Return the title of a written page: its first line."""
    return text_of(page, language).partition("\n")[0].removeprefix("# ")


def plain(text: str) -> str:
    """Return Markdown as it is read, without its marks."""
    return _MARKS.sub(lambda found: found[1] or "", text)


def search(asked: str) -> list[Hit]:
    """Return the pages on which every word stands: those with it in their title first, then where it stands most."""
    words = asked.casefold().split()
    hits: list[tuple[bool, int, int, Hit]] = []
    for number, page in enumerate(WRITTEN):
        body = plain(text_of(page)).casefold()
        title = title_of(page)
        if words and all(word in body for word in words):
            in_title = all(word in title.casefold() for word in words)
            often = sum(body.count(word) for word in words)
            hits.append((not in_title, -often, number, Hit(page, title, _around(plain(text_of(page)), words[0]))))
    return [hit for *_order, hit in sorted(hits, key=lambda one: one[:3])]


def _around(text: str, word: str) -> str:
    """Return the words around the first place below the title where a word stands; the lead where there is none."""
    _title, _newline, body = text.partition("\n")
    body = " ".join(body.split())
    at = max(body.casefold().find(word), 0)
    start = max(0, at - _AROUND)
    cut = body[start : at + len(word) + _AROUND]
    return ("…" if start else "") + cut + ("…" if at + len(word) + _AROUND < len(body) else "")

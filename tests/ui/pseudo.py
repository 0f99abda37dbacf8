"""A language nobody speaks: every word of the catalogue longer, with marks on its letters, between brackets.

What is cut off in it would be cut off in some language; what stands without brackets came from no catalogue.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QWidget

from crm_app import i18n
from crm_app.domain import entry_names
from tests.ui.looking import shown_texts

_MARKED = str.maketrans("aceinosuyACEINOSUY", "áçéíñóšúýÁÇÉÍÑÓŠÚÝ")
_LONGER = 0.3
"""So much longer than English, as German or Russian are."""
_HOLE = re.compile(r"(\{[^{}]*\})")
_WORD = re.compile(r"[A-Za-z]{3,}")
_NAMES = re.compile(
    r"\w+-\d{8}-\d{6}-[a-z]+|"
    r"\b(Ctrl|Alt|Shift|Enter|Esc|Del|Delete|Ins|Insert|Tab|Home|End|PgUp|PgDn|PgDown|Return|Space|Backspace|Up|Down|"
    r"Excel|WPS|CSV|PDF|USCC|vcf|ics|kVA|English|sample|crm|backups)\b|[/\\][\w./\\-]+|[\w.-]+@[\w.-]+|\b[0-9A-F]{4}\b"
)
"""Keys, names of programs and kinds of files, paths, names of backups: the same in every language."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MARKUP = re.compile(r"</?[a-z][^<>]*>")
_SPOKEN = re.compile(r"⟦[^⟦⟧]*(?:⟧|…)")
"""What is spoken, whole or cut where there was no room for more."""


def spoken(text: str) -> str:
    """Return a text in this language; what is filled in later stays as it is."""
    if not text.strip():
        return text
    parts = [part if _HOLE.fullmatch(part) else part.translate(_MARKED) for part in _HOLE.split(text)]
    more = "~" * max(1, round(len(text) * _LONGER))
    return f"⟦{''.join(parts)}{more}⟧"


class _Pseudo(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return spoken(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return spoken(msgid1 if n == 1 else msgid2)


@contextmanager
def speaking() -> Iterator[None]:
    """Speak it wherever English would be spoken, until the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_catalogue", lambda _language: _Pseudo())
        entries = {entry: spoken(name) for entry, name in entry_names._english().items()}
        patch.setattr(entry_names, "_english", lambda: entries)
        yield


def untranslated(top: QWidget) -> list[str]:
    """Return the words of a window that came from no catalogue; what is Chinese is the sample's own."""
    return [
        f"not through the catalogue: {text!r} in {type(widget).__name__}"
        for widget, text in shown_texts(top)
        if not _HAN.search(text) and _WORD.search(_NAMES.sub("", _without(text)))
    ]


def _without(text: str) -> str:
    """Take away markup and what is spoken, the innermost first: words are filled into words."""
    text = _MARKUP.sub("", text)
    while _SPOKEN.search(text):
        text = _SPOKEN.sub("", text)
    return text

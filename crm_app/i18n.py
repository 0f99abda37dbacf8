"""One catalogue of words: English source strings, looked up by gettext for window, paper, sheets and command line.

``_`` translates now, ``N_`` only marks a string for the catalogue (declarations are made before the language is known),
``ngettext`` picks a plural. Never pass an f-string: fill in with ``_("…{name}…").format(name=…)``.
"""

from __future__ import annotations

import gettext as _gettext
from functools import cache

from crm_app import paths

LANGUAGES = ("zh_CN", "en")

_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def set_language(language: str) -> None:
    """Switch the words of the whole program to ``zh_CN`` or ``en``."""
    global _translations, _language
    _language = language if language in LANGUAGES else "en"
    _translations = _catalogue(_language)


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    if language == "en":
        return _gettext.NullTranslations()
    return _gettext.translation("crm_app", paths.resources() / "locale", languages=[language])


def language() -> str:
    """Return the language in use: ``zh_CN`` or ``en``."""
    return _language


def _(text: str) -> str:
    """Return ``text`` in the language in use."""
    return _translations.gettext(text)


def said_in(language: str, text: str) -> str:
    """Return ``text`` in ``zh_CN`` or ``en``, whatever the language in use: a command is found by either."""
    return _catalogue(language).gettext(text)


def N_(text: str) -> str:  # noqa: N802 -- the conventional name of gettext's marker
    """Mark ``text`` for the catalogue and return it unchanged."""
    return text


def ngettext(one: str, many: str, n: int) -> str:
    """Return the form of the pair that fits ``n``, in the language in use."""
    return _translations.ngettext(one, many, n)

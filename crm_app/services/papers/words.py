"""What no row can say of a window: its problems, plans and judgements, and how the bulletin is addressed.

The words of a window stand in every paper of it, the bulletin and the half-year report alike, and in no other: what was
aimed at in one quarter is not aimed at in the next. How the bulletin is called and who gets it is carried on.
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.domain.counting import Window
from crm_app.domain.paper_words import KEY, OF_A_WINDOW, Judged, PaperWords, judgements, key_of, lines
from crm_app.domain.staff import Setting
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome


def read(reader: Reader, window: Window) -> PaperWords:
    """Return the words of a window, with what is carried on."""
    known = {field.name for field in fields(PaperWords)} - set(OF_A_WINDOW)
    carried = {name: value for name, value in _kept(reader, KEY).items() if name in known}
    own = {name: value for name, value in _kept(reader, key_of(window)).items() if name in OF_A_WINDOW}
    return PaperWords(**carried, **own)


def every_judgement(reader: Reader) -> tuple[Judged, ...]:
    """Return the judgements of all windows: a paper of a record may repeat one that somebody stands for."""
    kept = [one for one in reader.find(Setting) if one.key.startswith(f"{KEY} ") and one.value]
    found = [json.loads(one.value or "{}") for one in kept]
    return tuple(
        judged
        for one in found
        for judged in judgements(PaperWords(judgement=one.get("judgement", ""), basis=one.get("basis", "")))
    )


def _kept(reader: Reader, key: str) -> dict[str, Any]:
    found = reader.find(Setting, key=key)
    kept: dict[str, Any] = json.loads(found[0].value) if found and found[0].value else {}
    return kept


def paper_words(book: Book, first: date, last: date) -> PaperWords:
    """Return the words of a window, with what is carried on."""
    with book.read() as reader:
        return read(reader, Window(first, last))


def words_before(book: Book, first: date, last: date) -> PaperWords:
    """Return the words of the window before, to be taken over: without its issue number and its judgements.

    That is the latest other one that ends no later: what was planned for days to come is not taken back.
    """
    with book.read() as reader:
        mine = key_of(Window(first, last))
        kept = [one for one in reader.find(Setting) if one.key.startswith(KEY) and one.key != mine and one.value]
        # What was typed before words had a window has none and comes last.
        ends = {one: one.key.rpartition("..")[2] if " " in one.key else "" for one in kept}
        before = [one for one in kept if ends[one] <= last.isoformat()]
        for one in sorted(before, key=lambda one: (ends[one], one.key), reverse=True):
            values = json.loads(one.value or "{}")
            # Those without a window stand nowhere else: their judgement and number are handed on too, not lost.
            names = ("problems", "plans") if " " in one.key else OF_A_WINDOW
            words = PaperWords(**{name: values.get(name, "") for name in names})
            if words != PaperWords():
                return words
    return PaperWords()


def change_paper_words(book: Book, first: date, last: date, words: PaperWords) -> Outcome[None]:
    """Keep the words of a window; raise BadInput for a judgement without its basis."""
    judged, based = len(lines(words.judgement)), len(lines(words.basis))
    if judged and not based:
        raise BadInput(_("A judgement is printed only with its basis; please say what it stands on."), field="basis")
    if judged != based:
        raise BadInput(
            _("{judgements} judgements and {bases} bases: each judgement wants a basis on the same line.").format(
                judgements=judged, bases=based
            ),
            field="basis",
        )
    window = Window(first, last)
    values = asdict(words)
    own = {name: values.pop(name) for name in OF_A_WINDOW}
    with book.unit(_("Change the words of a paper")) as unit:
        # What an earlier version kept for every window stays to be taken over.
        values |= {name: value for name, value in _kept(unit, KEY).items() if name in OF_A_WINDOW}
        for key, content in ((KEY, values), (key_of(window), own)):
            written = json.dumps(content, ensure_ascii=False, sort_keys=True)
            found = unit.find(Setting, key=key)
            if found:
                unit.update(Setting, found[0].id, value=written)
            else:
                unit.insert(Setting, key=key, value=written)
        return Outcome(unit.commit(), None)

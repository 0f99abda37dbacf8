"""The bulletin's own words: what no row can say, typed once and carried to the next issue."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.domain.staff import Setting
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome

KEY = "bulletin_words"


@dataclass(frozen=True)
class BulletinWords:
    """What a person gives a bulletin.

    ``issue`` is the number as the office gave it; ``judgement`` are sentences somebody stands for, one a line, each
    printed only with its own line of ``basis``; ``problems`` and ``plans`` one item a line; ``copies`` 印数.
    """

    name: str = ""
    issue: str = ""
    cluster: str = ""
    judgement: str = ""
    basis: str = ""
    problems: str = ""
    plans: str = ""
    report_to: str = ""
    send_to: str = ""
    issue_to: str = ""
    copies: int | None = None


@dataclass(frozen=True)
class Judged:
    """A sentence of judgement with its basis."""

    text: str
    basis: str


def judgements(words: BulletinWords) -> tuple[Judged, ...]:
    """Return the judgements line by line with the basis of each; one without a basis is none."""
    texts, bases = _lines(words.judgement), _lines(words.basis)
    return tuple(Judged(text, basis) for text, basis in zip(texts, bases, strict=False))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def read(reader: Reader) -> BulletinWords:
    """Return the words as they were typed last."""
    found = reader.find(Setting, key=KEY)
    kept = json.loads(found[0].value) if found and found[0].value else {}
    known = {field.name for field in fields(BulletinWords)}
    return BulletinWords(**{name: value for name, value in kept.items() if name in known})


def bulletin_words(book: Book) -> BulletinWords:
    """Return the words as they were typed last."""
    with book.read() as reader:
        return read(reader)


def change_bulletin_words(book: Book, words: BulletinWords) -> Outcome[None]:
    """Keep the words for this bulletin and the next; raise BadInput for a judgement without its basis."""
    judged, based = len(_lines(words.judgement)), len(_lines(words.basis))
    if judged and not based:
        raise BadInput(_("A judgement is printed only with its basis; please say what it stands on."), field="basis")
    if judged != based:
        raise BadInput(
            _("{judgements} judgements and {bases} bases: each judgement wants a basis on the same line.").format(
                judgements=judged, bases=based
            ),
            field="basis",
        )
    content = json.dumps(asdict(words), ensure_ascii=False, sort_keys=True)
    with book.unit(_("Change the words of the bulletin")) as unit:
        found = unit.find(Setting, key=KEY)
        if found:
            unit.update(Setting, found[0].id, value=content)
        else:
            unit.insert(Setting, key=KEY, value=content)
        return Outcome(unit.commit(), None)

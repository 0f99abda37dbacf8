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

    ``issue`` is the number as the office gave it; ``judgement`` a sentence somebody stands for, printed only with its
    ``basis``; ``problems`` and ``plans`` one item a line; ``copies`` 印数.
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
    if words.judgement.strip() and not words.basis.strip():
        raise BadInput(_("A judgement is printed only with its basis; please say what it stands on."), field="basis")
    content = json.dumps(asdict(words), ensure_ascii=False, sort_keys=True)
    with book.unit(_("Change the words of the bulletin")) as unit:
        found = unit.find(Setting, key=KEY)
        if found:
            unit.update(Setting, found[0].id, value=content)
        else:
            unit.insert(Setting, key=KEY, value=content)
        return Outcome(unit.commit(), None)

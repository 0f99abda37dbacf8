"""One person of the cards under way: the text it was read from, its picture, and what was typed over it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from crm_app.services import cards
from crm_app.services.cards import Card, Confirmed, Found, Part

FIELDS = ("name", "title", "enterprise", "uscc", "phones", "email", "address", "note")
_PARTS = {
    "name": (Part.NAME,),
    "title": (Part.TITLE,),
    "enterprise": (Part.ENTERPRISE,),
    "uscc": (Part.USCC,),
    "phones": (Part.PHONE,),
    "email": (Part.EMAIL, Part.WECHAT),
    "address": (Part.ADDRESS,),
}
_BETWEEN = "; "


@dataclass(eq=False)
class Entry:
    """``typed`` holds the fields a person has changed; ``enterprise_id`` the one of the book that was chosen."""

    text: str = ""
    picture: tuple[str, bytes] | None = None
    typed: dict[str, str] = field(default_factory=dict)
    ticked: bool = True
    enterprise_id: UUID | None = None
    card: Card = field(default_factory=lambda: Card(""))

    def read(self, text: str) -> None:
        """Read another text; what was typed stays. A text of several people is one person's here."""
        self.text, self.card = text, cards.read(text)

    def value(self, name: str) -> str:
        """Return a field: as typed, else as it was read."""
        if name in self.typed:
            return self.typed[name]
        if name == "note":
            return "\n".join((*self.card.rest, *self.card.all(Part.WEB), *self._other_ways()))
        if name == "phones":
            return _BETWEEN.join(self.card.all(Part.PHONE))
        return next((value for part in _PARTS[name] if (value := self.card.first(part))), "")

    def _other_ways(self) -> list[str]:
        """Return the mail addresses and WeChat names that no field holds."""
        ways = [*self.card.all(Part.EMAIL), *self.card.all(Part.WECHAT)]
        return ways[1:]

    def found(self, name: str) -> list[Found]:
        """Return what a field was read from, likeliest first; none where it was typed over."""
        return [one for one in self.card.found if one.part in _PARTS.get(name, ())]

    @property
    def blank(self) -> bool:
        """Whether nothing was typed or read yet."""
        return not (self.text.strip() or self.picture or any(text.strip() for text in self.typed.values()))

    def confirmed(self, *, with_picture: bool) -> Confirmed:
        """Return the person as the fields say."""
        said = {name: self.value(name) for name in FIELDS if name != "phones"}
        phones = tuple(part for part in self.value("phones").replace("；", ";").split(";") if part.strip())
        picture = self.picture if with_picture else None
        return Confirmed(**said, enterprise_id=self.enterprise_id, phones=phones, picture=picture)


def kept(entries: Sequence[Entry]) -> dict[str, str]:
    """Return entries as a draft keeps them; pictures are not kept."""
    return {
        str(number): json.dumps({"text": one.text, "typed": one.typed}, ensure_ascii=False)
        for number, one in enumerate(entries)
        if one.text.strip() or any(text.strip() for text in one.typed.values())
    }


def restored(draft: Mapping[str, str]) -> list[Entry]:
    """Return the entries of a draft."""
    entries = []
    for _number, text in sorted(draft.items(), key=lambda item: int(item[0])):
        held = json.loads(text)
        entry = Entry(typed={str(name): str(value) for name, value in held["typed"].items()})
        entry.read(str(held["text"]))
        entries.append(entry)
    return entries

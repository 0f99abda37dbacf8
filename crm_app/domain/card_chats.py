"""Several people in one pasted text: a person a message of a chat, a paragraph, or a line; each is read as a card."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_app.domain import cards
from crm_app.domain.cards import Card, Part

MOST = 500
"""People in one text that is pasted."""

_DAY = (
    r"(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?|昨天|今天|前天|星期.|周."
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_SAID_AT = re.compile(
    rf"^(?:[^\n]{{1,30}}?[:：]?\s+)?(?:{_DAY}\s*)?(?:上午|下午|晚上|凌晨|中午|am|pm)?"
    r"\s*\d{1,2}:\d{2}(?::\d{2})?\s*(?:am|pm)?\s*[:：]?$",
    re.I,
)
"""The line a chat puts over a message: 单晓 2023/6/14 10:20."""


_OF_SOMEBODY = (Part.PHONE, Part.EMAIL, Part.WECHAT, Part.ENTERPRISE, Part.ADDRESS)
"""What makes a message one about a person; the others (好的, 收到) are talk."""


def people(text: str, most: int = MOST) -> list[Card]:
    """Return a card for each person a text speaks of; one card for a text of one, none for an empty one.

    ``most``: so many of its messages, paragraphs or lines are read.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        return []
    if _is_chat(text):
        told = [card for card in _read(_messages(text)[:most]) if any(map(card.first, _OF_SOMEBODY))]
        if any(map(_stands_alone, told)):
            return _with_answers(told)
    for parts in (re.split(r"\n\s*\n", text), text.split("\n")):
        read = _read(parts[:most])
        if sum(map(_stands_alone, read)) > 1:
            return _with_rest(read)
    return [cards.read(text)]


def _read(parts: Sequence[str]) -> list[Card]:
    return [cards.read(part.strip()) for part in parts if part.strip()]


def is_like_people(text: str) -> bool:
    """Say whether a pasted text reads like cards: somebody is named, and how to reach or place them."""
    return any(card.says_who for card in people(text))


def _is_chat(text: str) -> bool:
    return any(_SAID_AT.match(line.strip()) for line in text.split("\n"))


def _messages(text: str) -> list[str]:
    """Part a chat at the lines that say who spoke when; they name the sender, who is not the contact."""
    messages: list[list[str]] = [[]]
    for line in text.split("\n"):
        if _SAID_AT.match(line.strip()):
            messages.append([])
        else:
            messages[-1].append(line)
    return ["\n".join(lines) for lines in messages]


def _stands_alone(card: Card) -> bool:
    """Say whether a part of a text is a person of its own: a name together with a phone or an enterprise."""
    reached = card.first(Part.PHONE) or card.first(Part.EMAIL) or card.first(Part.WECHAT) or card.first(Part.ENTERPRISE)
    return bool(card.first(Part.NAME) and reached)


def _with_answers(told: Sequence[Card]) -> list[Card]:
    """Give a message that only adds a mail or an address to the person of the one before; a phone is somebody's own."""
    texts: list[str] = []
    for card in told:
        if texts and not (_stands_alone(card) or card.first(Part.PHONE)):
            texts[-1] += "\n" + card.text
        else:
            texts.append(card.text)
    return [cards.read(text) for text in texts]


def _with_rest(read: Sequence[Card]) -> list[Card]:
    """Give what names nobody to the person before it, so that nothing pasted is lost."""
    texts: list[str] = []
    alone: list[bool] = []
    for card in read:
        if texts and (not _stands_alone(card) or not alone[-1]):
            texts[-1] += "\n" + card.text
            alone[-1] = alone[-1] or _stands_alone(card)
        else:
            texts.append(card.text)
            alone.append(_stands_alone(card))
    return [cards.read(text) for text in texts]

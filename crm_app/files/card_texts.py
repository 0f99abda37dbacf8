"""What people paste from chats and cards, kept as a text file: a row for each person, under an office's own headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm_app.domain import card_chats
from crm_app.domain.cards import LONGEST, Card, Part
from crm_app.domain.import_meanings import known_header
from crm_app.files import header_rows
from crm_app.files.cells import Cell
from crm_app.files.unreadable import Unreadable

MOST_LINES = 5_000
"""Of a longer text none is read rather than the first: who comes later would be lost without a word."""

_HEADERS = ("企业名称", "统一社会信用代码", "联系人", "职务", "联系电话", "电子邮箱", "地址", "个人备注")


def is_people(text: str, head: Sequence[Sequence[Cell]]) -> bool:
    """Say whether a text speaks of people and is no table; ``head`` are its first rows, read as one."""
    return header_rows.find_header(head, [], known_header) is None and card_chats.is_like_people(text[:LONGEST])


def read_people(text: str) -> Iterator[list[Cell]]:
    """Yield the headers and a row for each person; what was not understood is kept as a note.

    Raise Unreadable for a text of more than ``MOST_LINES``.
    """
    if len(text.splitlines()) > MOST_LINES:
        raise Unreadable("too_big")
    yield list(_HEADERS)
    for card in card_chats.people(text, MOST_LINES):
        if card.says_who:
            yield _row(card)


def _row(card: Card) -> list[Cell]:
    said = (
        card.first(Part.ENTERPRISE),
        card.first(Part.USCC),
        card.first(Part.NAME),
        card.first(Part.TITLE),
        "; ".join(card.all(Part.PHONE)),
        card.first(Part.EMAIL) or card.first(Part.WECHAT),
        card.first(Part.ADDRESS),
        "\n".join(card.rest),
    )
    return [value or None for value in said]

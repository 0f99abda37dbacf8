"""Columns of texts cross from the reader child as one text of bytes: as JSON they take four times as long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

_BETWEEN, _NONE = "\x1f", "\x1e"
"""What parts the texts, and what stands for one that is none."""
_TEXTS = frozenset((str, type(None)))
_PLACE = "texts"


def apart(said: Mapping[str, Any]) -> tuple[Mapping[str, Any], bytes]:
    """Return what is said with the amounts in the places of its columns of texts, and these by themselves.

    Where a text holds what would part it, or half a character, all stays where it is.
    """
    texts: list[Any] = []
    left = {name: _left(value, texts) for name, value in said.items()}
    lacking = texts.count(None)
    if lacking:
        texts = [_NONE if text is None else text for text in texts]
    whole = _BETWEEN.join(texts)
    if not whole or whole.count(_BETWEEN) != len(texts) - 1 or whole.count(_NONE) != lacking:
        return said, b""
    try:
        return left, whole.encode()
    except UnicodeEncodeError:
        return said, b""


def _left(value: Any, texts: list[Any]) -> Any:
    if isinstance(value, dict):
        return {name: _left(one, texts) for name, one in value.items()}
    if not isinstance(value, list) or not value or not _TEXTS.issuperset(map(type, value)):
        return value
    texts += value
    return {_PLACE: len(value)}


def together(said: Any, texts: bytes) -> Any:
    """Return what was said as it was; raise ValueError where the texts are no others or none."""
    if not texts:
        return said
    words = texts.decode()
    found: Sequence[str | None] = words.split(_BETWEEN)
    if _NONE in words:
        found = [None if text == _NONE else text for text in found]
    rest = iter(found)
    whole = {name: _put_back(value, rest) for name, value in said.items()}
    if next(rest, rest) is not rest:
        raise ValueError("more texts than places")
    return whole


def _put_back(value: Any, texts: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if set(value) != {_PLACE}:
        return {name: _put_back(one, texts) for name, one in value.items()}
    amount = value[_PLACE]
    column = list(islice(texts, amount))
    if len(column) != amount:
        raise ValueError("more places than texts")
    return column

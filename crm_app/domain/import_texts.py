"""Columns of texts cross from the reader child as one text of bytes: as JSON they take four times as long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class Texts(list[str | None]):
    """A column that came as bytes: it holds texts alone, none with half a character, which need no further look."""


_BETWEEN, _NONE = "\x1f", "\x1e"
"""What parts the texts, and what stands for one that is none."""
_ENCODING = "utf-16-le"
"""What a text is in Python's memory already: as UTF-8 it takes three times as long to read."""
_TEXTS = frozenset((str, type(None)))
_PLACE = "texts"


def apart(said: Mapping[str, Any]) -> tuple[Mapping[str, Any], bytes]:
    """Return what is said with the amounts in the places of its columns of texts, and these by themselves.

    Where a text holds what would part it, or half a character, all stays where it is.
    """
    columns: list[Sequence[str | None]] = []
    left = {name: _left(value, columns) for name, value in said.items()}
    lacking = [column.count(None) for column in columns]
    told = (
        [_NONE if text is None else text for text in column] if some else column
        for column, some in zip(columns, lacking, strict=True)
    )
    whole = _BETWEEN.join(map(_BETWEEN.join, told))  # type: ignore[arg-type]
    if not whole or whole.count(_BETWEEN) != sum(map(len, columns)) - 1 or whole.count(_NONE) != sum(lacking):
        return said, b""
    try:
        return left, whole.encode(_ENCODING)
    except UnicodeEncodeError:
        return said, b""


def _left(value: Any, columns: list[Sequence[str | None]]) -> Any:
    if isinstance(value, dict):
        return {name: _left(one, columns) for name, one in value.items()}
    # One of which nothing is said may be of numbers.
    if not isinstance(value, list) or str not in (types := {*map(type, value)}) or not types <= _TEXTS:
        return value
    columns.append(value)
    return {_PLACE: len(value)}


def together(said: Any, texts: bytes) -> Any:
    """Return what was said as it was; raise ValueError where the texts are no others or none."""
    if not texts:
        return said
    rest = _Rest(texts)
    whole = {name: _put_back(value, rest) for name, value in said.items()}
    rest.end()
    return whole


class _Rest:
    """The texts that are not put back yet."""

    def __init__(self, texts: bytes) -> None:
        words = texts.decode(_ENCODING)
        self._lacking = _NONE in words
        self._texts: Sequence[str | None] = words.split(_BETWEEN)
        self._at = 0

    def column(self, amount: int) -> Texts:
        """Return the next so many."""
        column = self._texts[self._at : self._at + amount]
        if amount < 0 or len(column) != amount:
            raise ValueError("more places than texts")
        self._at += amount
        if self._lacking and _NONE in column:
            return Texts([None if text == _NONE else text for text in column])
        return Texts(column)

    def end(self) -> None:
        """Say that there should be none."""
        if self._at != len(self._texts):
            raise ValueError("more texts than places")


def _put_back(value: Any, rest: _Rest) -> Any:
    if not isinstance(value, dict):
        return value
    if set(value) != {_PLACE}:
        return {name: _put_back(one, rest) for name, one in value.items()}
    return rest.column(value[_PLACE])

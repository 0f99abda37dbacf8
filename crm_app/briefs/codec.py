"""Content to JSON and back: the stored form of a final paper. The same content always gives the same text."""

from __future__ import annotations

import base64
import dataclasses
import json
import types
from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import cache, lru_cache, partial
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from crm_app.briefs.content import Paper
from crm_app.errors import Refused
from crm_app.i18n import _

_FORMER = {"BarChart": "Chart"}
"""What blocks were called in papers that were kept before."""


def to_json(paper: Paper) -> str:
    """Return ``paper`` as canonical JSON: sorted keys, no spaces, every field written out."""
    return json.dumps(_plain(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=2)
def from_json(text: str) -> Paper:
    """Return the paper ``to_json`` wrote; ``from_json(to_json(p)) == p``. Raise Refused for any other text.

    The last ones are kept: a draft that is worked at is asked for its paper, its texts and its gaps at every turn, and
    a bulletin has thousands of ids to be read.
    """
    try:
        paper = _build(json.loads(text), Paper)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refused(_("The kept content of this paper is damaged; restore a backup of the book.")) from error
    assert isinstance(paper, Paper)
    return paper


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"is": type(value).__name__, **fields}
    match value:
        case tuple():
            return [_plain(item) for item in value]
        case Enum():
            return value.value
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
    return value


Builder: TypeAlias = Callable[[Any], Any]


def _build(value: Any, wanted: Any) -> Any:
    return _builder(wanted)(value)


@cache
def _builder(wanted: Any) -> Builder:
    """Return what makes a value of a type of what JSON says: worked out once, a paper has tens of thousands of them."""
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        return _one_of_kinds(get_args(wanted))
    if origin is tuple:
        return _row_of(_builder(get_args(wanted)[0]))
    if origin is Literal:
        return _one_of_words(get_args(wanted))
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        return _record_of(wanted)
    return partial(_leaf, wanted=wanted)


def _one_of_kinds(kinds: tuple[Any, ...]) -> Builder:
    builders = {kind.__name__: _builder(kind) for kind in kinds if kind is not types.NoneType}
    only = next(iter(builders.values())) if len(builders) == 1 else None
    nothing = types.NoneType in kinds

    def build(value: Any) -> Any:
        if value is None and nothing:
            return None
        return only(value) if only else builders[_FORMER.get(value["is"], value["is"])](value)

    return build


def _row_of(builder: Builder) -> Builder:
    def build(value: Any) -> Any:
        if not isinstance(value, list):
            raise TypeError("not a list")
        return tuple([builder(item) for item in value])

    return build


def _one_of_words(words: tuple[Any, ...]) -> Builder:
    def build(value: Any) -> Any:
        if value not in words:
            raise ValueError("none of the words")
        return value

    return build


def _record_of(kind: type) -> Builder:
    hints = get_type_hints(kind)
    fields = [(f.name, f.default is dataclasses.MISSING, _builder(hints[f.name])) for f in dataclasses.fields(kind)]

    def build(value: Any) -> Any:
        # What a paper kept earlier does not know yet is at its default.
        return kind(**{name: builder(value[name]) for name, needed, builder in fields if needed or name in value})

    return build


def _leaf(value: Any, wanted: type[Any]) -> Any:
    if wanted is str and isinstance(value, str):
        return value
    if issubclass(wanted, (date, Enum, UUID)):
        if not isinstance(value, str):
            raise TypeError("not a text")
        return date.fromisoformat(value) if issubclass(wanted, date) else wanted(value)
    if wanted is bytes:
        return base64.b64decode(value, validate=True)
    # JSON may write a whole width without its point.
    if not isinstance(value, (int, float) if wanted is float else wanted):
        raise TypeError("of another kind")
    return value

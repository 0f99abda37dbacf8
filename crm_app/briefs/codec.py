"""Content to JSON and back: the stored form of a final paper. The same content always gives the same text."""

from __future__ import annotations

import base64
import dataclasses
import json
import types
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from crm_app.briefs.content import Paper
from crm_app.errors import Refused
from crm_app.i18n import _

_FORMER = {"BarChart": "Chart"}
"""What blocks were called in papers that were kept before."""


def to_json(paper: Paper) -> str:
    """Return ``paper`` as canonical JSON: sorted keys, no spaces, every field written out."""
    return json.dumps(_plain(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Paper:
    """Return the paper ``to_json`` wrote; ``from_json(to_json(p)) == p``. Raise Refused for any other text."""
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


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(value: Any, wanted: Any) -> Any:
    if get_origin(wanted) in (Union, types.UnionType):
        options = [option for option in get_args(wanted) if option is not type(None)]
        if value is None and type(None) in get_args(wanted):
            return None
        if len(options) > 1:
            name = _FORMER.get(value["is"], value["is"])
            return _build(value, {option.__name__: option for option in options}[name])
        return _build(value, options[0])
    if get_origin(wanted) is tuple:
        if not isinstance(value, list):
            raise TypeError("not a list")
        return tuple(_build(item, get_args(wanted)[0]) for item in value)
    if get_origin(wanted) is Literal:
        if value not in get_args(wanted):
            raise ValueError("none of the words")
        return value
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        hints = _hints(wanted)
        # What a paper kept earlier does not know yet is at its default.
        wants = [f.name for f in dataclasses.fields(wanted) if f.name in value or f.default is dataclasses.MISSING]
        return wanted(**{name: _build(value[name], hints[name]) for name in wants})
    return _leaf(value, wanted)


def _leaf(value: Any, wanted: type[Any]) -> Any:
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

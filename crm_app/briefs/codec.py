"""Content to JSON and back: the stored form of a final paper. The same content always gives the same text."""

from __future__ import annotations

import dataclasses
import json
import types
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from crm_app.briefs.content import Paper


def to_json(paper: Paper) -> str:
    """Return ``paper`` as canonical JSON: sorted keys, no spaces, every field written out."""
    return json.dumps(_plain(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Paper:
    """Return the paper ``to_json`` wrote; ``from_json(to_json(p)) == p``."""
    paper = _build(json.loads(text), Paper)
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
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(value: Any, wanted: Any) -> Any:
    if get_origin(wanted) in (Union, types.UnionType):
        options = [option for option in get_args(wanted) if option is not type(None)]
        if value is None:
            return None
        if len(options) > 1:
            return _build(value, next(option for option in options if option.__name__ == value["is"]))
        return _build(value, options[0])
    if get_origin(wanted) is tuple:
        return tuple(_build(item, get_args(wanted)[0]) for item in value)
    if not isinstance(wanted, type):
        return value
    if dataclasses.is_dataclass(wanted):
        return wanted(**{name: _build(value[name], hint) for name, hint in _hints(wanted).items()})
    if issubclass(wanted, date):
        return date.fromisoformat(value)
    if issubclass(wanted, (Enum, UUID)):
        return wanted(value)
    return value

"""Every piece of text of a paper, in order: to search it, to ask after missing glyphs, to say it otherwise."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from crm_app.briefs.content import (
    Block,
    Chart,
    Cover,
    Gap,
    Heading,
    KeyValue,
    Month,
    PageBreak,
    Paper,
    Paragraph,
    Photos,
    Qr,
    Signature,
    SignOff,
    Table,
)


def texts(paper: Paper) -> Iterator[str]:
    """Yield every piece of text in ``paper``, in order: for searching it and for asking after missing glyphs."""
    yield paper.title
    yield paper.subtitle
    if paper.head:
        yield from (paper.head.name, paper.head.issue, paper.head.issuer, paper.head.day)
    for block in paper.blocks:
        yield from texts_of(block)


def mapped(paper: Paper, change: Callable[[str], str]) -> Paper:
    """Return ``paper`` with every piece of text passed through ``change``, and nothing else altered."""
    made = _mapped(paper, change)
    assert isinstance(made, Paper)
    return made


_CODES = frozenset({"kind", "language", "sheet", "align", "folio", "key", "section", "where", "form"})
"""Fields of the content that are no text."""


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(one, change) for one in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    texts = {
        field.name: _mapped(getattr(value, field.name), change)
        for field in dataclasses.fields(value)
        if field.name not in _CODES
    }
    return dataclasses.replace(value, **texts)


def texts_of(block: Block) -> Iterator[str]:
    """Yield every piece of text in one block, in order."""
    match block:
        case Heading(text=text) | Gap(text=text):
            yield text
        case Paragraph(runs=runs):
            yield "".join(run.text for run in runs)
        case Table():
            yield block.caption
            yield from (part for column in block.columns for part in (column.title, column.unit))
            yield from (cell.text for row in (*block.rows, block.total) for cell in row)
            yield block.note if block.rows else block.empty
        case Chart():
            yield from (block.caption, *block.names)
            yield from (part for bar in block.bars for part in (bar.label, bar.shown, bar.shown_then))
        case Month():
            yield from block.weekdays
            for week in block.weeks:
                yield from (band.text for band in week.bands)
                for day in week.days:
                    yield from (day.number, day.label, *(cell.text for cell in day.lines))
        case KeyValue(facts=facts):
            for fact in facts:
                yield fact.label
                yield "".join(run.text for run in fact.runs)
        case Photos(photos=photos):
            yield from (photo.caption for photo in photos)
        case Qr(label=label):
            yield label
        case Signature(name=name, day=day):
            yield from (name, day)
        case SignOff():
            yield from (*block.lines, block.issuer, block.printed)
        case Cover():
            yield from (block.title, *block.lines, *block.foot)
        case PageBreak():
            return

"""Which characters of a paper no face has, and where they stand: said before printing, not found on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crm_app.briefs import fonts
from crm_app.briefs.content import Block, Chart, Heading, KeyValue, Paper, Table
from crm_app.briefs.texts import texts, texts_of
from crm_app.briefs.typeset import legible

_SHOWN = 12
"""Characters of a text that are told on each side of the one that is lacking."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A character, the text around it, and the heading, label or column under which it stands."""

    character: str
    around: str
    under: str


def lacking(paper: Paper) -> list[Lacking]:
    """Return the first place of each character that would print as its code."""
    if not fonts.missing_glyphs(map(legible, texts(paper))):
        return []
    found: dict[str, Lacking] = {}
    for under, text in _places(paper):
        read = legible(text)
        for at, character in enumerate(read):
            if character not in found and fonts.missing_glyphs(character):
                around = read[max(at - _SHOWN, 0) : at + _SHOWN + 1].replace("\n", " ").strip()
                found[character] = Lacking(character, around, under)
    return list(found.values())


def _places(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield each text with what it stands under."""
    under = ""
    yield from (("", text) for text in texts(replace(paper, blocks=())))
    for block in paper.blocks:
        yield from _in_block(under, block)
        if isinstance(block, Heading):
            under = block.text


def _in_block(under: str, block: Block) -> Iterator[tuple[str, str]]:
    match block:
        case Table():
            for row in (*block.rows, block.total):
                yield from ((column.title, cell.text) for column, cell in zip(block.columns, row, strict=False))
        case KeyValue(facts=facts):
            for fact in facts:
                yield fact.label, "".join(run.text for run in fact.runs)
        case Chart():
            yield from ((block.caption, bar.label) for bar in block.bars)
    yield from ((under, text) for text in texts_of(block))

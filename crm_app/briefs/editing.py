"""The texts of a paper that a hand may change, and putting hand edits over a paper that was composed anew.

An edit finds its text by the stable name of its section, its place there, and what was drafted: first the very words,
then the rows the words stand on, then the words with other figures, last words that are much alike. What finds none is
told, never dropped.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from crm_app.briefs.content import (
    Block,
    Cell,
    Column,
    Cover,
    Fact,
    Gap,
    Heading,
    KeyValue,
    PageBreak,
    Paper,
    Paragraph,
    Run,
    Signature,
    SignOff,
    Table,
    fact_part,
)
from crm_app.briefs.marks import Rows
from crm_app.briefs.settle import counts_gaps
from crm_app.domain import told_numbers
from crm_app.domain.paper_edits import Edit
from crm_app.domain.told_numbers import Told

TITLE, TEXT, HEADING = "title", "text", "heading"
_FIGURE = re.compile(r"[\d０-９][\d０-９.,，:：]*\s*(?:%|％|‰)?")
_TOKEN = re.compile(r"[\d０-９][\d０-９.,]*(?:余|万|亿|千|百)*(?:%|％|[个家人批次亩元年月日台套户](?:元|次)?)*")
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Place:
    """One text that can be changed: where it stands, its words as drafted, the rows it stands on.

    ``index`` is the number of its block in the paper, -1 for the paper's own title.
    """

    section: str
    block: int
    part: str
    text: str
    rows: Rows = ()
    index: int = -1


@dataclass(frozen=True, slots=True)
class Edited:
    """A paper with its hand edits; ``places`` are where each stands as drafted now, ``lost`` those without a text.

    ``origins`` gives the number that each of its blocks had as drafted: a paragraph that was emptied is gone.
    """

    paper: Paper
    origins: tuple[int, ...]
    places: tuple[tuple[Edit, Place], ...]
    lost: tuple[Edit, ...]

    @property
    def outdated(self) -> tuple[tuple[Edit, Place], ...]:
        """The edits under which the drafted words are others than those that were replaced."""
        return tuple((edit, place) for edit, place in self.places if edit.drafted != place.text)


def places(paper: Paper) -> list[Place]:
    """Return every text a hand may change, in the order of reading."""
    found = [Place("", -1, TITLE, paper.title)]
    section, number = "", 0
    for index, block in enumerate(paper.blocks):
        if _untouched(block):
            continue
        if isinstance(block, Heading) and block.key and block.key != section:
            section, number = block.key, 0
        found += [Place(section, number, part, text, rows, index) for part, text, rows in _parts(block)]
        number += 1
    return found


def _untouched(block: Block) -> bool:
    return isinstance(block, Gap | PageBreak | Signature | SignOff) or counts_gaps(block)


def _parts(block: Block) -> Iterator[tuple[str, str, Rows]]:
    match block:
        case Heading():
            yield HEADING, block.title or block.text, ()
        case Paragraph(runs=runs):
            yield TEXT, _said(runs), _rows(runs)
        case Table():
            if block.caption:
                yield "caption", block.caption, ()
            for name, cells in named_rows(block):
                for column, cell in zip(block.columns, cells, strict=True):
                    yield cell_part(name, column), cell.text, cell.rows
            if block.note:
                yield "note", block.note, ()
        case KeyValue(facts=facts):
            for fact in facts:
                yield fact_part(fact), _said(fact.runs), _rows(fact.runs)
        case Cover():
            for number, line in enumerate(block.lines):
                yield f"line|{number}", line, ()


def named_rows(table: Table) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Yield the rows of a table by a name that stays theirs when others come and go."""
    seen: dict[str, Iterator[int]] = {}
    for cells in table.rows:
        ids = [row for cell in cells for row in cell.rows]
        name = str(ids[0]) if len(set(ids)) == 1 else cells[0].text
        again = next(seen.setdefault(name, count()))
        yield (f"{name}#{again}" if again else name), cells
    if table.total:
        yield "total", table.total


def cell_part(row: str, column: Column) -> str:
    """Return what a cell is called within its table: by the name of its row and the title of its column."""
    return f"cell|{row}|{column.title}"


def own_part(block: Block | None) -> str:
    """Return what the one text of a block is called, of None the paper's title; empty where it has many or none."""
    if block is None:
        return TITLE
    return HEADING if isinstance(block, Heading) else TEXT if isinstance(block, Paragraph) else ""


def _said(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _rows(runs: Sequence[Run]) -> Rows:
    return tuple(dict.fromkeys(row for run in runs for row in run.rows))


def edited(paper: Paper, edits: Sequence[Edit]) -> Edited:
    """Return ``paper`` with ``edits`` put over it."""
    found = _found(places(paper), edits)
    stand = tuple((edit, found[edit.id]) for edit in edits if edit.id in found)
    lost = tuple(edit for edit in edits if edit.id not in found)
    made, origins = _written(paper, {_address(place): edit.text for edit, place in stand})
    return Edited(made, origins, stand, lost)


def _address(place: Place) -> tuple[int, str]:
    return place.index, place.part


_Fits = Callable[[Edit, Place], bool]

_WAYS: tuple[_Fits, ...] = (
    lambda e, p: (e.section, e.block, e.part, e.drafted) == (p.section, p.block, p.part, p.text),
    lambda e, p: e.part == p.part != TEXT and (e.section, e.block) == (p.section, p.block),
    lambda e, p: (e.section, e.part, e.drafted) == (p.section, p.part, p.text),
    lambda e, p: e.part == p.part != TEXT and e.section == p.section,
    lambda e, p: (e.section, e.part, pattern(e.drafted)) == (p.section, p.part, pattern(p.text)),
    lambda e, p: (e.part, e.drafted) == (p.part, p.text) and len(p.text) > 1,
    lambda e, p: (e.section, e.block, e.part) == (p.section, p.block, p.part) and _alike(e.drafted, p.text) >= _ALIKE,
    lambda e, p: (
        (e.section, e.part) == (p.section, p.part) == (e.section, TEXT) and _alike(e.drafted, p.text) >= _ALIKE
    ),
)
"""How an edit may know its text again, the surest way first; no text is given away twice."""


def _found(texts: Sequence[Place], edits: Sequence[Edit]) -> dict[int, Place]:
    found: dict[int, Place] = {}
    free = {_address(place): place for place in texts}
    for fits in _WAYS:
        for edit in edits:
            if edit.id in found:
                continue
            fitting = [place for place in free.values() if fits(edit, place)]
            if fitting:
                found[edit.id] = _nearest(edit, fitting)
                del free[_address(found[edit.id])]
    return found


def _nearest(edit: Edit, fitting: Sequence[Place]) -> Place:
    if len(fitting) == 1:
        return fitting[0]
    return min(fitting, key=lambda place: (abs(place.block - edit.block), -_alike(edit.drafted, place.text)))


def matched(then: Sequence[Place], now: Sequence[Place]) -> tuple[list[tuple[Place, Place]], list[Place], list[Place]]:
    """Return the texts of two versions of a paper in pairs, then those only the later has, and those it has no more."""
    here = {(place.section, place.block, place.part): place for place in now}
    pairs = [
        (place, here[at])
        for place in then
        for at in [(place.section, place.block, place.part)]
        if at in here and (place.part != TEXT or pattern(place.text) == pattern(here[at].text))
    ]
    known, taken = {id(old) for old, _new in pairs}, {id(new) for _old, new in pairs}
    left = [place for place in then if id(place) not in known]
    free = [place for place in now if id(place) not in taken]
    edits = [Edit(number, one.section, one.block, one.part, one.text, "") for number, one in enumerate(left)]
    found = _found(free, edits)
    pairs += [(left[number], place) for number, place in sorted(found.items())]
    taken |= {id(place) for place in found.values()}
    order = {id(place): n for n, place in enumerate(now)}
    pairs.sort(key=lambda pair: order[id(pair[1])])
    gone = [place for number, place in enumerate(left) if number not in found]
    return pairs, [place for place in free if id(place) not in taken], gone


def pattern(text: str) -> str:
    """Return a text without its figures, so that it is known again when they moved."""
    return _FIGURE.sub("#", text)


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, pattern(one), pattern(other), autojunk=False).ratio()


def _written(paper: Paper, texts: dict[tuple[int, str], str]) -> tuple[Paper, tuple[int, ...]]:
    blocks: dict[int, Block] = {}
    for index, block in enumerate(paper.blocks):
        changed = {part: text for (at, part), text in texts.items() if at == index}
        made = _with(block, changed) if changed else block
        if made is not None:
            blocks[index] = made
    title = texts.get((-1, TITLE), paper.title)
    return dataclasses.replace(paper, title=title, blocks=tuple(blocks.values())), tuple(blocks)


def _with(block: Block, texts: dict[str, str]) -> Block | None:
    """Return a block with other texts; None for a paragraph that was emptied."""
    match block:
        case Heading():
            text = texts[HEADING]
            return dataclasses.replace(
                block,
                text=block.text.replace(block.title, text) if block.title else text,
                title=text if block.title else "",
            )
        case Paragraph(runs=runs):
            return dataclasses.replace(block, runs=rewritten(runs, texts[TEXT])) if texts[TEXT].strip() else None
        case Table():
            return _table(block, texts)
        case KeyValue(facts=facts):
            return KeyValue(tuple(_fact(fact, texts) for fact in facts))
        case Cover(lines=lines):
            return dataclasses.replace(
                block, lines=tuple(texts.get(f"line|{number}", line) for number, line in enumerate(lines))
            )
    return block


def _fact(fact: Fact, texts: dict[str, str]) -> Fact:
    text = texts.get(fact_part(fact))
    return fact if text is None else dataclasses.replace(fact, runs=rewritten(fact.runs, text))


def _table(table: Table, texts: dict[str, str]) -> Table:
    lines = [
        tuple(
            cell if text is None else dataclasses.replace(cell, text=text, missing=False)
            for column, cell in zip(table.columns, cells, strict=True)
            for text in [texts.get(cell_part(name, column))]
        )
        for name, cells in named_rows(table)
    ]
    rows, total = (lines[:-1], lines[-1]) if table.total else (lines, ())
    return dataclasses.replace(
        table,
        rows=tuple(rows),
        total=total,
        caption=texts.get("caption", table.caption),
        note=texts.get("note", table.note),
    )


def rewritten(runs: Sequence[Run], text: str) -> tuple[Run, ...]:
    """Return ``text`` as runs: what survived of a run keeps its rows and its weight, what is new stands on no row."""
    made: list[Run] = []
    at = 0
    for run in runs:
        if run.missing or not run.text.strip() or not (run.rows or run.bold):
            continue
        for piece in (run.text, *_TOKEN.findall(run.text)):
            start = text.find(piece, at)
            if start < 0 or _torn(text, start, piece):
                continue
            made += [Run(text[at:start])] if start > at else []
            made.append(dataclasses.replace(run, text=piece))
            at = start + len(piece)
            if piece == run.text:
                break
    if at < len(text) or not made:
        made.append(Run(text[at:]))
    return tuple(made)


def _torn(text: str, start: int, piece: str) -> bool:
    """Say whether a figure found in a text is but the middle of another one: 70 in 170."""
    before, after = text[start - 1 : start], text[start + len(piece) : start + len(piece) + 1]
    return (piece[0].isdigit() and (before.isdigit() or before == ".")) or (piece[-1].isdigit() and after.isdigit())


def typed_figures(edit: Edit) -> tuple[str, ...]:
    """Return the figures of an edited text, in digits or in words, that the drafted one does not bear out."""
    values = tuple(told_numbers.written(edit.drafted))
    exact, spans = told_numbers.exact(edit.drafted), [one for _at, one in told_numbers.about(edit.drafted)]

    def borne_out(one: Told) -> bool:
        return any(map(one.fits, exact)) or any(map(one.holds, spans))

    about = dict(told_numbers.about(edit.text))
    digits = (
        found[0]
        for found in _TOKEN.finditer(edit.text)
        # With the unit behind it, which a space may part from it: 534亿元 does not bear out 534万元.
        if not (
            borne_out(about[found.start()])
            if found.start() in about
            else next(told_numbers.written(edit.text[found.start() :]), None) in values
        )
    )
    drafted = {one.words for one in told_numbers.told(edit.drafted)}
    words = (one.words for one in told_numbers.told(edit.text) if one.words not in drafted and not borne_out(one))
    return tuple(dict.fromkeys((*digits, *words)))

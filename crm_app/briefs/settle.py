"""Settling a paper: what was missing and has been answered for with a reason no longer stands in the way of 定稿."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from crm_app.briefs.composer import counted
from crm_app.briefs.content import Block, Cell, Fact, Gap, KeyValue, Paper, Paragraph, Run, Table
from crm_app.i18n import ngettext

_MOST_PRINTED = 12
"""Gaps a draft prints: the preview lists them all."""


def without_most_gaps(blocks: Sequence[Block]) -> list[tuple[int, Block]]:
    """Return the numbered blocks that are printed: of very many gaps the first ones, and how many more there are."""
    found = [number for number, block in enumerate(blocks) if isinstance(block, Gap)]
    more = len(found) - _MOST_PRINTED
    if more <= 1:
        return list(enumerate(blocks))
    left = set(found[_MOST_PRINTED:])
    kept = [(number, block) for number, block in enumerate(blocks) if number not in left]
    words = ngettext("and {n} more, listed beside the preview", "and {n} more, listed beside the preview", more)
    last = kept.index((found[_MOST_PRINTED - 1], blocks[found[_MOST_PRINTED - 1]]))
    kept.insert(last + 1, (-1, Gap(words.format(n=more))))
    return kept


def without_gaps(paper: Paper) -> Paper:
    """Return ``paper`` without its list of gaps; places still empty print a dash instead of a red mark."""
    kept = [block for block in paper.blocks if not isinstance(block, Gap) and not counts_gaps(block)]
    return dataclasses.replace(paper, blocks=tuple(_settled(block) for block in kept))


def without(paper: Paper, filled: set[str]) -> Paper:
    """Return ``paper`` without the gaps of these words: they are filled by hand where they stood."""
    if not filled:
        return paper
    left = _left(paper, filled)
    kept = (paper.blocks[number] for number in left_without(paper, filled))
    return dataclasses.replace(paper, blocks=tuple(counted(left) if counts_gaps(block) else block for block in kept))


def left_without(paper: Paper, filled: set[str]) -> list[int]:
    """Return the numbers of the blocks that ``without`` leaves, in their order."""
    left = _left(paper, filled) or not filled
    return [
        number
        for number, block in enumerate(paper.blocks)
        if not (isinstance(block, Gap) and block.text in filled) and (left or not counts_gaps(block))
    ]


def _left(paper: Paper, filled: set[str]) -> int:
    return sum(1 for block in paper.blocks if isinstance(block, Gap) and block.text not in filled)


def counts_gaps(block: Block) -> bool:
    """Say whether a block is the line above the list of gaps."""
    return isinstance(block, Paragraph) and block.note and all(run.missing for run in block.runs)


def _settled(block: Block) -> Block:
    match block:
        case Paragraph(runs=runs):
            return dataclasses.replace(block, runs=_runs(runs))
        case Table():
            rows = tuple(tuple(_cell(cell) for cell in row) for row in block.rows)
            return dataclasses.replace(block, rows=rows, total=tuple(_cell(cell) for cell in block.total))
        case KeyValue(facts=facts):
            return KeyValue(tuple(_fact(fact) for fact in facts))
        case _:
            return block


def _runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple(dataclasses.replace(run, text="—", missing=False) if run.missing else run for run in runs)


def _cell(cell: Cell) -> Cell:
    return dataclasses.replace(cell, text="—", missing=False) if cell.missing else cell


def _fact(fact: Fact) -> Fact:
    return dataclasses.replace(fact, runs=_runs(fact.runs))

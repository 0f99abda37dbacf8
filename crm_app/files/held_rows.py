"""Blocks of rows that are read before their turn, and kept packed: in an eighth of what the library's rows take."""

from __future__ import annotations

import json
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from crm_app.files.cells import from_json, pack_texts, to_json
from crm_app.files.stacked import Numbered

_AHEAD = 5
"""So many blocks are sent at once, then one for each so many that are read: a fifth is sent when all are read."""


class Held(NamedTuple):
    """A block of numbered rows, with their cells as :class:`~crm_app.files.cells.PackedRows` takes them."""

    numbers: Sequence[int]
    characters: int
    packed: bytes

    def rows(self) -> list[Numbered]:
        """Return the rows of a block that is compressed, as they were."""
        text = zlib.decompress(self.packed).decode("utf-8", "surrogatepass")
        cells: list[list[Any]] = json.loads(text)
        if '{"' in text:
            # Days and times are objects; a text has its quotes escaped.
            cells = [[from_json(cell) if isinstance(cell, dict) else cell for cell in row] for row in cells]
        return list(zip(self.numbers, cells, strict=True))


def hold(block: Sequence[Numbered], level: int) -> Held:
    """Pack a block; at level 0 nothing is compressed."""
    numbers, cells = [number for number, _cells in block], [cells for _number, cells in block]
    texts = None if level else pack_texts(cells)
    if texts is not None:
        return Held(numbers, len(texts), texts.encode("utf-8", "surrogatepass"))
    text = json.dumps(cells, default=to_json, ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(text.encode("utf-8", "surrogatepass"), level)
    return Held(numbers, len(text), packed)


def in_turn(
    blocks: Iterator[Sequence[Numbered]], look: Callable[[Sequence[Numbered]], None], let_go: Callable[[], None]
) -> Iterator[tuple[Sequence[Numbered], Held]]:
    """Yield the blocks of a large sheet with what they are packed to, and read ahead of them.

    ``look`` hears of each before its turn, ``let_go`` when the last one is read: no more of the sheet is needed then.
    """
    waiting: deque[Held] = deque()
    for number, block in enumerate(blocks):
        look(block)
        waiting.append(hold(block, 1))
        if number < _AHEAD or number % _AHEAD == 0:
            held = waiting.popleft()
            yield held.rows(), held
    let_go()
    while waiting:
        held = waiting.popleft()
        yield held.rows(), held

"""The reader child's part for the pictures of cards: where text stands and what it says, by models that work offline.

Only a child that was asked for it, and whose program has the optional extra, imports this.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import IO, Any

from crm_app import late
from crm_app.files.frames import read_frame, read_raw, write_frame
from crm_app.files.pictures import upright

Box = tuple[float, float, float, float, str]
"""Left, top, right, bottom, and what it says."""


def answer(request: Any, stream: IO[bytes], answers: IO[bytes]) -> None:
    """Answer ``{"lines"}`` for the picture behind the request; raise Unreadable."""
    picture = upright(read_raw(stream, read_frame(stream)), int(request["longest"]))
    # What it says while it loads would only go astray: nobody reads the child's words.
    logging.disable(logging.CRITICAL)
    found = late.rapidocr().RapidOCR()(late.numpy().asarray(picture))
    pairs = () if found.boxes is None else zip(found.boxes, found.txts, strict=True)
    write_frame(answers, {"lines": in_lines([_box(corners, text) for corners, text in pairs])})


def _box(corners: Any, text: str) -> Box:
    across, down = [float(x) for x, _y in corners], [float(y) for _x, y in corners]
    return min(across), min(down), max(across), max(down), str(text)


def in_lines(boxes: Sequence[Box]) -> list[str]:
    """Return texts in the order they are read: line by line, those side by side apart by two blanks."""
    lines: list[list[Box]] = []
    for box in sorted(boxes, key=lambda one: (one[1] + one[3]) / 2):
        middle = (box[1] + box[3]) / 2
        if lines and lines[-1][-1][1] <= middle <= lines[-1][-1][3]:
            lines[-1].append(box)
        else:
            lines.append([box])
    return ["  ".join(box[4] for box in sorted(line)) for line in lines]

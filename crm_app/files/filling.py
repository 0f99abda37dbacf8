"""Fills a template, a workbook of somebody else's, through the reader child: nothing of it is opened here."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from crm_app.files import asking
from crm_app.files.cells import Cell, to_json
from crm_app.files.reading import trouble

SECONDS = 300.0


def fill_template(
    template: Path,
    sheet: str,
    first: int,
    columns: Sequence[int],
    rows: Sequence[Sequence[Cell]],
    cancel: Callable[[], None] | None = None,
) -> bytes:
    """Return the workbook with ``rows`` in its ``columns`` (from 0), from row ``first`` (from 1) of a sheet on.

    Raise BadInput with a sentence for whatever is wrong with the template.
    """
    request = {
        "do": "template",
        "path": str(template.resolve()),
        "sheet": sheet,
        "first": first,
        "columns": list(columns),
    }
    content = json.dumps([[to_json(cell) for cell in row] for row in rows], ensure_ascii=False).encode()
    filled = b""
    try:
        with contextlib.closing(asking.ask(request, content, cancel=cancel, seconds=SECONDS)) as answers:
            for answer in answers:
                if isinstance(answer, bytes):
                    filled = answer
    except asking.Trouble as error:
        raise trouble(str(error), template) from error
    if not filled:
        raise trouble("damaged", template)
    return filled

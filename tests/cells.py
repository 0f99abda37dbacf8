"""What stands in the cells of a file that the program wrote, read as its reader reads, without starting a child."""

from __future__ import annotations

import io
from pathlib import Path

from crm_app.files import sheets
from crm_app.files.cells import Cell, from_json, to_json


def rows_of(path: Path) -> list[list[Cell]]:
    """Return the rows of the first sheet."""
    first = next(iter(sheets.each({"path": str(path)}, io.BytesIO())))
    return [[from_json(to_json(cell)) for cell in row] for row in first.rows()]

"""Reads tables of untrusted files through the reader child; whatever the file does to it becomes a sentence."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import crm_app
from crm_app.errors import BadInput
from crm_app.files.cells import TEXTS, WORKBOOKS, SheetRows, from_json
from crm_app.files.frames import BrokenFrame, read_frame, write_frame
from crm_app.i18n import N_, _

SUFFIXES = (*WORKBOOKS, *TEXTS)
"""What can be read, by the end of the file's name."""

LARGEST_FILE = 200 * 1024 * 1024
MEMORY = 1536 * 1024 * 1024
"""Bytes of address space for the child: 100,000 rows of twelve columns take a third of it."""
SECONDS = 120.0
MOST_CELLS = 20_000_000

_SENTENCES = {
    "extension": N_("“{name}” is no table this program reads. Save it as .xlsx or .csv and try again."),
    "empty": N_("“{name}” is empty."),
    "not_text": N_("“{name}” is a workbook with the name of a text file. Rename it to .xlsx or .xls and try again."),
    "not_a_workbook": N_(
        "“{name}” is not a workbook, whatever its name says. Open it in a spreadsheet, save it as .xlsx and try again."
    ),
    "password": N_("“{name}” is protected by a password. Open it in a spreadsheet, save it without one and try again."),
    "encoding": N_("The text of “{name}” is neither UTF-8 nor GB18030. Save it as .xlsx and try again."),
    "damaged": N_("“{name}” is damaged or incomplete. Ask for it again, or open it in a spreadsheet and save it anew."),
    "unreadable": N_("“{name}” cannot be opened. Close it in other programs and try again."),
    "too_big": N_("“{name}” is too large to be read. Split it into several files."),
    "too_long": N_("Reading “{name}” took too long and was stopped. Split it into several files."),
    "died": N_(
        "“{name}” could not be read: the file is damaged, or made to do harm. Ask for it again as .xlsx or .csv."
    ),
}


def read_tables(
    path: Path, *, cancel: Callable[[], None] | None = None, seconds: float = SECONDS, memory: int = MEMORY
) -> list[SheetRows]:
    """Return the sheets of a file that hold anything.

    ``cancel`` is called several times a second and raises to stop. Raises BadInput with a sentence for whatever is
    wrong with the file: its kind, a password, damage, its size, or that it killed the child.
    """
    if not path.is_file():
        raise BadInput(_("There is no file {path}.").format(path=path))
    if path.suffix.lower() not in SUFFIXES:
        raise _trouble("extension", path)
    if path.stat().st_size > LARGEST_FILE:
        raise _trouble("too_big", path)
    child = subprocess.Popen(
        _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
    )
    try:
        return _listen(child, path, cancel, time.monotonic() + seconds, memory)
    finally:
        child.kill()
        child.wait()
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdout.close()
        # The child may be gone before it took the request.
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--reader"]
    return [sys.executable, "-P", "-m", "crm_app", "--reader"]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(crm_app.__file__).parent.parent)}


def _trouble(code: str, path: Path) -> BadInput:
    return BadInput(_(_SENTENCES.get(code, _SENTENCES["died"])).format(name=path.name))


def _listen(
    child: subprocess.Popen[bytes], path: Path, cancel: Callable[[], None] | None, until: float, memory: int
) -> list[SheetRows]:
    """Send the request and gather the answers; the deadline and ``cancel`` hold even while the child is silent."""
    frames: queue.Queue[Any] = queue.Queue(maxsize=64)
    stop = threading.Event()
    listener = threading.Thread(target=_pump, args=(child, path, memory, frames, stop), daemon=True)
    listener.start()
    gathered = _Gathered(path)
    try:
        while True:
            if cancel is not None:
                cancel()
            if time.monotonic() > until:
                raise _trouble("too_long", path)
            try:
                frame = frames.get(timeout=0.1)
            except queue.Empty:
                continue
            if gathered.take(frame):
                return gathered.sheets()
    finally:
        stop.set()
        child.kill()
        listener.join()


def _pump(
    child: subprocess.Popen[bytes], path: Path, memory: int, frames: queue.Queue[Any], stop: threading.Event
) -> None:
    """Hand the child's frames over until it ends; None stands for an end before “done”."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        write_frame(child.stdin, {"path": str(path.resolve()), "memory": memory})
        frame = read_frame(child.stdout)
    except (BrokenFrame, OSError):
        frame = None
    while not stop.is_set():
        try:
            frames.put(frame, timeout=0.1)
        except queue.Full:
            continue
        if frame is None:
            return
        try:
            frame = read_frame(child.stdout)
        except (BrokenFrame, OSError):
            frame = None


class _Gathered:
    """The answers so far, each checked: what the child says is as untrusted as the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sheets: list[SheetRows] = []
        self._cells = 0

    def take(self, frame: Any) -> bool:
        """Take one frame and say whether it was the last; raise BadInput."""
        match frame:
            case {"done": True}:
                return True
            case {"error": str(code)}:
                raise _trouble(code, self._path)
            case {"sheet": str(name), "merges": list(merges)}:
                blocks = [(int(a), int(b), int(c), int(d)) for a, b, c, d in merges]
                self._sheets.append(SheetRows(name, [], blocks))
            case {"rows": list(rows)} if self._sheets:
                self._cells += sum(map(len, rows))
                if self._cells > MOST_CELLS:
                    raise _trouble("too_big", self._path)
                self._sheets[-1].rows.extend([from_json(cell) for cell in row] for row in rows)
            case _:
                raise _trouble("died", self._path)
        return False

    def sheets(self) -> list[SheetRows]:
        """Return the sheets that hold anything; raise BadInput where none does."""
        full = [sheet for sheet in self._sheets if any(cell is not None for row in sheet.rows for cell in row)]
        if not full:
            raise _trouble("empty", self._path)
        return full

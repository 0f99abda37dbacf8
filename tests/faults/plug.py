"""Pulls the plug: runs a piece of work in a process of its own that dies at a named point, or at any moment.

The process is forked from a server that has loaded the program and opened no book, so a round takes milliseconds.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from typing import Any

from crm_app.db import faults

if sys.platform != "win32":
    import resource

Say = Callable[[Any], None]
"""Told what the program has acknowledged: from then on it must never be missing."""
Act = Callable[[Path, Say], None]
"""Work on the books in a folder."""

_LONGEST = 60
"""Seconds of the processor's that a run may take."""
_STUCK = 15 * _LONGEST
"""Seconds by the clock after which a run is held to wait for itself, which no busy machine makes of one that works."""
_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def _processes() -> SpawnContext | ForkServerContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # Alembic is what making a book loads late.
    context.set_forkserver_preload(["tests.faults.scenes", "alembic.command", "sqlalchemy.dialects.sqlite"])
    return context


_PROCESSES = _processes()


@dataclass
class Told:
    """What a run said before it ended: what it acknowledged, the points it passed, and whether it was killed."""

    said: list[Any] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    killed: bool = False


def _die() -> None:
    os.kill(os.getpid(), _KILL)


def _end_some_day() -> None:
    """Let work that never ends be ended, by another signal than a kill's, where the system counts what it takes."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST, 2 * _LONGEST))
        signal.alarm(_STUCK)


def _child(act: Act, folder: Path, point: str | None, tell: Connection) -> None:
    _end_some_day()

    def passing(name: str) -> None:
        if name == point:
            _die()
        tell.send(("passed", name))

    # Whoever pulls the plug holds the other end: nobody is left waiting for a line that never comes.
    faults.hook = passing
    act(folder, lambda what: tell.send(("said", what)))
    tell.close()


def run(act: Act, folder: Path, point: str | None = None, after: float | None = None) -> Told:
    """Run ``act``; kill it at ``point``, or so many seconds after it acknowledged something for the first time."""
    hear, tell = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_child, args=(act, folder, point, tell))
    process.start()
    tell.close()
    told = Told()
    kill_at: float | None = None
    try:
        while True:
            if not hear.poll(None if kill_at is None else max(0.0, kill_at - time.monotonic())):
                process.kill()
                kill_at = None
                continue
            kind, what = hear.recv()
            (told.said if kind == "said" else told.passed).append(what)
            if after is not None and kill_at is None and kind == "said" and len(told.said) == 1:
                kill_at = time.monotonic() + after
    except EOFError:
        process.join()
    assert process.exitcode is not None
    told.killed = abs(process.exitcode) == _KILL
    assert told.killed or process.exitcode == 0, process.exitcode
    hear.close()
    process.close()
    return told

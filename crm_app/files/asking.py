"""Asks the reader child: starts it for one request, hands its answers over, and ends it, whatever the file does.

A child that reads ledgers takes a third of a second to load what it reads them with: where one is likely to be asked
for soon, it is started beforehand and waits. It answers one request like any other.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any

import crm_app
from crm_app import platform
from crm_app.files import late
from crm_app.files.frames import BrokenFrame, read_frame, read_raw, write_frame, write_raw

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space for the child: 100,000 rows of twelve columns take a third of it."""
LARGEST_FILE = 200 * 1024 * 1024
"""Bytes of a file that is read: some 500,000 rows of twelve columns as text. The child holds all of a text, and a
preview takes 2.4 kB for each row that is new: 1.3 GB of so many, 2.5 GB of a million."""
SECONDS = 120.0
_LONGEST_OUTLINE = 8_000
_AHEAD = 12
"""Answers that wait to be taken: a block of rows is nine of them, five megabytes with the words of the index."""


_OWN = {
    "PYTHONDONTWRITEBYTECODE": "1",
    # glibc: megabytes that a block no longer needs serve the next one, instead of going to the system and coming back.
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
}
"""What the child's environment says beside what it has of the program's."""

_LEDGERS = "ledgers"

_lock = threading.Lock()
_waiting: list[subprocess.Popen[bytes]] = []
"""The child that waits to be asked for a ledger; at most one."""


class Trouble(Exception):
    """What stands in the way, as a code: the child's own, or “too_long”, or “died”."""


class _Unheard(Trouble):
    """The child ended before it said anything."""


def make_ready() -> None:
    """Have a child wait for the next ledger; where this program ends, it ends."""
    with _lock:
        if _waiting and _waiting[0].poll() is not None:
            _end(_waiting.pop())
        if not _waiting:
            _waiting.append(_start(_LEDGERS))


def let_go() -> None:
    """End the child that waits."""
    with _lock:
        while _waiting:
            _end(_waiting.pop())


def ask(
    request: Mapping[str, Any],
    content: bytes | None = None,
    *,
    cancel: Callable[[], None] | None = None,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Generator[Any, Any, None]:
    """Yield the child's answers: documents, and bytes where it sends any. To be closed by whoever stops early.

    What is sent into the generator goes to the child as a reply. ``seconds`` are those spent waiting for the child.

    ``content`` goes through the pipe, never through a file. ``cancel`` is called several times a second and raises to
    stop. Raises Trouble. What the child says is as untrusted as the file: the caller checks each answer.
    """
    told = {**request, "memory": memory}
    waiting = _ready() if request["do"] == _LEDGERS else None
    if waiting is not None:
        # It may have died of what befell it while it waited: the file is not to blame before another dies of it.
        with contextlib.suppress(_Unheard):
            yield from _answers(waiting, told, content, cancel, seconds)
            return
    yield from _answers(_start(), told, content, cancel, seconds)


def _ready() -> subprocess.Popen[bytes] | None:
    """Return the child that waits, if it is alive."""
    with _lock:
        child = _waiting.pop() if _waiting else None
    if child is not None and child.poll() is not None:
        _end(child)
        return None
    return child


def _start(*loaded: str) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [*_command(), *loaded],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    assert child.stdout is not None
    platform.widen(child.stdout)
    return child


def _end(child: subprocess.Popen[bytes]) -> None:
    platform.end(child)
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
    # Passwords for the book come to commands in the environment; nothing of the program's own goes to the child.
    passed_on = {name: value for name, value in os.environ.items() if not name.startswith("CRM_")}
    return {**passed_on, "PYTHONPATH": str(Path(crm_app.__file__).parent.parent), **_OWN}


def _answers(child: subprocess.Popen[bytes], *asked: Any) -> Generator[Any, Any, None]:
    """Yield the answers of a child, and end it."""
    try:
        yield from _listen(child, *asked)
    except BaseException:
        _end(child)
        raise
    # Until the system has its memory back takes as long as a block of rows, and nobody needs to wait for that.
    threading.Thread(target=_end, args=(child,), daemon=True).start()


def _listen(
    child: subprocess.Popen[bytes],
    request: Mapping[str, Any],
    content: bytes | None,
    cancel: Callable[[], None] | None,
    seconds: float,
) -> Generator[Any, Any, None]:
    """Send the request and yield the answers; the deadline and ``cancel`` hold even while the child is silent."""
    answers: queue.Queue[Any] = queue.Queue(maxsize=_AHEAD)
    stop = threading.Event()
    waited, heard = 0.0, False
    listener = threading.Thread(target=_pump, args=(child, request, content, answers, stop), daemon=True)
    listener.start()
    try:
        while True:
            if cancel is not None:
                cancel()
            if waited > seconds:
                raise Trouble("too_long")
            since = time.monotonic()
            try:
                answer = answers.get(timeout=0.1)
            except queue.Empty:
                continue
            finally:
                waited += time.monotonic() - since
            match answer:
                case None:
                    raise Trouble("died") if heard else _Unheard("died")
                case {"done": True}:
                    return
                case {"error": "bug", "outline": str(told)}:
                    _note(told)
                    raise Trouble("bug")
                case {"error": str(code)}:
                    raise Trouble(code)
                case _:
                    heard = True
                    _reply(child, (yield answer))
    finally:
        stop.set()
        platform.end(child)
        listener.join()


def _note(told: str) -> None:
    """Log what the child tells of itself: as untrusted as the file, it may be anything and of any length."""
    lines = ("".join(filter(str.isprintable, line)) for line in told[:_LONGEST_OUTLINE].splitlines())
    log = late.crashes().CrashLog()
    log.note_outline("\n".join(lines))
    log.close()


def _reply(child: subprocess.Popen[bytes], document: Any) -> None:
    if document is None:
        return
    assert child.stdin is not None
    # Where the child is gone, what comes next says so.
    with contextlib.suppress(BrokenPipeError):
        write_frame(child.stdin, document)


def _pump(
    child: subprocess.Popen[bytes],
    request: Mapping[str, Any],
    content: bytes | None,
    answers: queue.Queue[Any],
    stop: threading.Event,
) -> None:
    """Hand the child's answers over until it ends; None stands for an end before “done”."""
    assert child.stdin is not None
    try:
        write_frame(child.stdin, request)
        if content is not None:
            write_raw(child.stdin, content)
        answer = _next(child)
    except (BrokenFrame, OSError):
        answer = None
    while not stop.is_set():
        try:
            answers.put(answer, timeout=0.1)
        except queue.Full:
            continue
        if answer is None or _is_last(answer):
            return
        try:
            answer = _next(child)
        except (BrokenFrame, OSError):
            answer = None


def _is_last(answer: Any) -> bool:
    """Say whether the child is at its end: to see that it dies would take longer than a block of rows."""
    match answer:
        case {"done": True} | {"error": str()}:
            return True
    return False


def _next(child: subprocess.Popen[bytes]) -> Any:
    assert child.stdout is not None
    answer = read_frame(child.stdout)
    return read_raw(child.stdout, answer) if isinstance(answer, dict) and "raw" in answer else answer

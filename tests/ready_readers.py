"""Lets the reader children of the tests start at once: forked from a process that has loaded what they read with.

A child that is started anew takes a sixth of a second of the processor, and the suite asks eight hundred of them. One
that was forked runs the same program under the same limits, for one request. How children are started is shown in
``tests/files`` with real ones (:func:`started_anew`); where a system cannot fork so, or a test names another command,
all are real.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm_app.files import asking, child
from crm_app.files.readers import READERS, reader_of

_ROOT = Path(__file__).resolve().parent.parent
_START, _COMMAND = asking._start, asking._command
_LARGEST = 1 << 20
_lock = threading.Lock()
_mother: tuple[subprocess.Popen[bytes], socket.socket] | None = None


class _Forked:
    """A child of the one that forks, as far as the program handles a process it has started."""

    def __init__(self, pid: int, process: int, pipes: tuple[int, int]) -> None:
        self.pid = pid
        self.stdin, self.stdout = os.fdopen(pipes[0], "wb"), os.fdopen(pipes[1], "rb")
        self._process, self._ended = process, False

    def poll(self) -> int | None:
        return self._gone(0)

    def wait(self) -> int:
        gone = self._gone(None)
        assert gone is not None
        return gone

    def kill(self) -> None:
        if not self._ended:
            signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def _gone(self, milliseconds: int | None) -> int | None:
        if not self._ended:
            waiting = select.poll()
            waiting.register(self._process, select.POLLIN)
            self._ended = bool(waiting.poll(milliseconds))
            if self._ended:
                os.close(self._process)
        return 0 if self._ended else None


def install() -> None:
    """Have the program fork its readers from now on, where the system can."""
    if hasattr(os, "pidfd_open"):
        asking._start = _start


def end() -> None:
    """End the process that forks."""
    global _mother
    if _mother is not None:
        process, line = _mother
        line.close()
        process.wait()
        _mother = None


@contextmanager
def started_anew() -> Iterator[None]:
    """Have the program start its readers as it does for its users."""
    asking.let_go()
    installed, asking._start = asking._start, _START
    try:
        yield
    finally:
        asking.let_go()
        asking._start = installed


def _start(*loaded: str) -> subprocess.Popen[bytes] | _Forked:
    if asking._command is not _COMMAND:
        return _START(*loaded)
    their_in, our_in = os.pipe()
    our_out, their_out = os.pipe()
    told = json.dumps({"words": ["--reader", *loaded], "environment": asking._environment(), "folder": os.getcwd()})
    with _lock:
        line = _line()
        socket.send_fds(line, [told.encode()], [their_in, their_out])
        answer, (process,), _flags, _address = socket.recv_fds(line, 64, 1)
    os.close(their_in)
    os.close(their_out)
    return _Forked(int(answer), process, (our_in, our_out))


def _line() -> socket.socket:
    global _mother
    if _mother is None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.ready_readers", str(theirs.fileno())],
                cwd=_ROOT,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        _mother = process, ours
    return _mother[1]


def _fork_them(line: socket.socket) -> None:
    """Load what most readers load, and fork one for each message until nobody listens."""
    reader_of("ledgers").make_ready()
    for asked in READERS:
        reader_of(asked)
    gc.freeze()
    while True:
        told, pipes, _flags, _address = socket.recv_fds(line, _LARGEST, 2)
        if not told:
            return
        apart, own = os.pipe()
        pid = os.fork()
        if pid == 0:
            line.close()
            # The program ends a child by its session: one that had none yet would live on, and be waited for for ever.
            os.setsid()
            os.close(own)
            os.close(apart)
            _read(json.loads(told), pipes)
        os.close(own)
        os.read(apart, 1)
        os.close(apart)
        process = os.pidfd_open(pid)
        socket.send_fds(line, [str(pid).encode()], [process])
        for descriptor in (process, *pipes):
            os.close(descriptor)
        _reap()


def _read(told: dict[str, object], pipes: list[int]) -> None:
    """Be a reader child: its pipes, its environment and its words; does not return."""
    code = 1
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for descriptor, place in zip((*pipes, nowhere), range(3), strict=True):
            os.dup2(descriptor, place)
            os.close(descriptor)
        sys.stdin, sys.stdout = os.fdopen(0, closefd=False), os.fdopen(1, "w", closefd=False)
        os.chdir(str(told["folder"]))
        os.environ.clear()
        os.environ.update(told["environment"])
        sys.argv[1:] = told["words"]
        code = child.main()
        sys.stdout.flush()
    finally:
        os._exit(code)


def _reap() -> None:
    """Take leave of the children that have ended."""
    while True:
        try:
            pid, _status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return


if __name__ == "__main__":
    _fork_them(socket.socket(fileno=int(sys.argv[1])))
    _reap()

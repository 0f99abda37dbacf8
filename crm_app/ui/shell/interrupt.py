"""Ctrl+C in the terminal the window was started from closes it as its cross does: what is typed is kept."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QWidget


def close_on_interrupt(window: QWidget) -> None:
    """Close the window on the terminal's signal; where whoever started the program has it ignored, it stays so.

    Python hears a signal when it runs next, and while nothing happens in the window it does not: a byte wakes it.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return
    woken, waking = socket.socketpair()
    for end in (woken, waking):
        end.setblocking(False)
    signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGINT, lambda _number, _frame: window.close())
    notifier = QSocketNotifier(woken.fileno(), QSocketNotifier.Type.Read, window)
    notifier.activated.connect(lambda *_ends: woken.recv(64))

    def let_go() -> None:
        told = signal.set_wakeup_fd(-1)
        if told != waking.fileno():
            signal.set_wakeup_fd(told)
        woken.close()
        waking.close()

    window.destroyed.connect(let_go)

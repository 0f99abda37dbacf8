"""A window is not held by the search for circles of objects, and what stands in one goes all the same."""

from __future__ import annotations

import subprocess
import sys

_LOOKED = """
import gc, weakref
from crm_app import collecting
class One: pass
def circle():
    one = One(); one.itself = one
    return weakref.ref(one)
whole = []
gc.callbacks.append(lambda phase, told: whole.append(phase) if told["generation"] == 2 else None)
collecting.give_way()
with collecting.uncollected():
    made, kept = circle(), [[number] for number in range(200_000)]
more = [[number] for number in range(200_000)]
print(len(whole), made() is None)
collecting.search()
print(len(whole), made() is None, len(kept) + len(more))
"""


def test_everything_is_looked_through_only_when_asked() -> None:
    done = subprocess.run([sys.executable, "-c", _LOOKED], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["0 False", "2 True 400000"]


_THREADS = """
import gc, threading, weakref
from crm_app import collecting
from PySide6.QtCore import QObject
class One(QObject): pass
went = []
def circle():
    one = One(); one.itself = one
    one.destroyed.connect(lambda: went.append(threading.current_thread() is threading.main_thread()))
def work():
    made.append([[number] for number in range(200_000)])
    with collecting.uncollected():
        made.append([[number] for number in range(200_000)])
    made.append([[number] for number in range(200_000)])
made = []
collecting.give_way()
circle()
worker = threading.Thread(target=work)
worker.start(); worker.join()
print(went)
collecting.search_new()
print(went)
collecting.search()
print(went)
circle()
made.append([[number] for number in range(10_000)])
collecting.search_new()
print(went)
"""


def test_what_is_of_qt_goes_in_the_thread_of_the_window() -> None:
    done = subprocess.run([sys.executable, "-c", _THREADS], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:4] == ["[]", "[]", "[True]", "[True, True]"]

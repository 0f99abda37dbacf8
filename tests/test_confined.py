"""What the program asks of the system at its start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_AFTER_A_START = """
import ctypes, json, resource, sys
from crm_app.app import main
main(["new", sys.argv[1]])
print(json.dumps([resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)]))
"""
"""3: PR_GET_DUMPABLE."""


def test_no_crash_leaves_a_core_and_no_neighbour_reads_the_memory(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _AFTER_A_START, str(tmp_path / "t.crm")],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[1],
        encoding="utf-8",
    )
    limits, dumpable = json.loads(ran.stdout.splitlines()[-1])
    assert limits == [0, 0]
    assert dumpable == 0


_CONFINED = """
import sys
from crm_app import platform
platform.confine(1 << 30)
try:
    with open(sys.argv[1], "wb", buffering=0) as file:
        file.write(b"plain")
except OSError:
    print("refused")
try:
    bytes(1 << 31)
except MemoryError:
    print("too large")
"""


def test_the_reader_child_can_put_nothing_on_the_disk_and_take_no_more_memory(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _CONFINED, str(tmp_path / "leak")],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[1],
        encoding="utf-8",
    )
    assert ran.stdout.split("\n")[:2] == ["refused", "too large"]
    assert (tmp_path / "leak").read_bytes() == b""

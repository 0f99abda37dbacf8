"""An id is printed only after its commit reached the disk: a trace of the system calls shows the order."""

import subprocess
import sys
from pathlib import Path

from crm_app.services import book as services


def test_the_log_is_synced_before_the_id_is_printed(tmp_path: Path) -> None:
    path, trace = tmp_path / "book.crm", tmp_path / "trace"
    services.close_book(services.create_book(path))
    done = subprocess.run(
        [
            *("strace", "-f", "-y", "-e", "trace=fsync,fdatasync,write,pwrite64", "-o", str(trace)),
            *(sys.executable, "-m", "crm_app", "--book", str(path), "log", "示例公司"),
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )
    printed = done.stdout.strip()
    lines = trace.read_text(errors="replace").splitlines()
    shown = next(n for n, line in enumerate(lines) if "write(1" in line and printed[:20] in line)
    written = [n for n, line in enumerate(lines[:shown]) if "write64(" in line and "book.crm-wal" in line]
    synced = [n for n, line in enumerate(lines[:shown]) if "sync(" in line and "book.crm-wal" in line]
    assert written
    assert synced
    # The commit stands in the last page written to the log, and a sync follows it before the id is printed.
    assert written[-1] < synced[-1]

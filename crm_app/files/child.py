"""The reader child: opens one untrusted file under limits and answers in frames.

The parent sends ``{"do", "memory", …}``, and the file's bytes where they come through the pipe; the answers are those
of the part that was asked for, at last ``{"done"}``, or ``{"error": code}`` in between; of a bug its outline, too.
Whatever else goes wrong ends the child, and the parent says so. Started with the word ``ledgers``, it loads what it
reads those with before it is asked.
"""

from __future__ import annotations

import gc
import sys

from crm_app import platform
from crm_app.files import late
from crm_app.files.frames import read_frame, write_frame
from crm_app.files.readers import reader_of
from crm_app.files.unreadable import Unreadable

_BETWEEN_COLLECTIONS = 100_000
"""New objects after which cycles among them are looked for: of the many the child makes hardly any are in one, and to
look as often as Python does takes an eighth of its time."""


def main() -> int:
    """Serve one request on stdin and stdout; return 0 even where the file was refused in words."""
    platform.leave_no_core()
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    if "ledgers" in sys.argv:
        reader_of("ledgers").make_ready()
    request = read_frame(sys.stdin.buffer, as_sent=True)
    if request is None:
        # Started beforehand, and then nobody had a ledger.
        return 0
    platform.confine(int(request["memory"]))
    answers = sys.stdout.buffer
    try:
        reader_of(request["do"]).answer(request, sys.stdin.buffer, answers)
    except Unreadable as error:
        write_frame(answers, {"error": str(error)})
    except MemoryError:
        write_frame(answers, {"error": "too_big"})
    except OSError as error:
        write_frame(answers, {"error": "unreadable", "detail": error.strerror or ""})
    except Exception as error:  # noqa: BLE001 -- the parent tells it, and notes where it was
        write_frame(answers, {"error": "bug", "outline": late.crashes().outline(error)})
    else:
        write_frame(answers, {"done": True})
    return 0

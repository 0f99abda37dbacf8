"""The shell paints before anything heavy is imported."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "sqlalchemy",
    "alembic",
    "sqlcipher3",
    "reportlab",
    "pypdfium2",
    "pypinyin",
    "phonenumbers",
    "xlsxwriter",
    "PIL",
)


def test_the_shell_imports_nothing_heavy() -> None:
    look = f"import sys, crm_app.ui.start; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

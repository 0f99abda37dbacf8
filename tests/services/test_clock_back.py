"""A clock that was set back: said at opening; new records still sort behind the old, and undo goes by number."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from uuid import UUID

from crm_app import clock
from crm_app.db.engine import connect
from crm_app.domain.enterprises import Enterprise
from crm_app.services import book as books
from crm_app.services import enterprises

ROOT = Path(__file__).parents[2]
HOUR = 3_600_000
CODE = """
import sys
from pathlib import Path
from crm_app.services import book, changes, enterprises
opened = book.open_book(Path(sys.argv[1]))
print(enterprises.create_enterprise(opened, name="钟慢之后的公司").value)
print(changes.list_units(opened)[0].label)
book.close_book(opened)
"""


def _from_the_future(path: Path) -> UUID:
    """Make a book whose last change was an hour from now."""
    book = books.create_book(path)
    enterprises.create_enterprise(book, name="钟快时的公司")
    books.close_book(book)
    newest = UUID(int=(clock.now_ms() + HOUR) << 80 | 7 << 76 | 2 << 62)
    raw = connect(path, None)
    raw.execute(
        "INSERT INTO unit(at, who, origin, label, final) VALUES (?, '', '', '钟快', 1)", (clock.now_ms() + HOUR,)
    )
    raw.execute("INSERT INTO unit_now SELECT 1, max(n) FROM unit")
    columns = "name, name_key, pinyin, initials"
    raw.execute(f"INSERT INTO enterprise(id, {columns}) VALUES (?, '未来', '未来', 'weilai', 'wl')", (newest.bytes,))
    raw.execute("DELETE FROM unit_now")
    raw.close()
    return newest


def test_it_is_said_and_the_order_stays(tmp_path: Path) -> None:
    path = tmp_path / "book.crm"
    newest = _from_the_future(path)
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(path)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    made, label = done.stdout.split("\n", 1)
    assert UUID(made) > newest
    assert "钟慢之后的公司" in label
    book = books.open_book(path)
    try:
        # The unit written since carries the true time, and it is the last one that tells.
        assert books.clock_warning(book) is None
        with book.read() as reader:
            assert reader.find(Enterprise)[-1].id == UUID(made)
    finally:
        books.close_book(book)


def test_the_command_line_says_it_on_stderr(tmp_path: Path) -> None:
    path = tmp_path / "book.crm"
    _from_the_future(path)
    command = [sys.executable, "-m", "crm_app", "--book", str(path), "figures"]
    told = subprocess.run(
        [*command, "--from", "2023-01-01", "--to", "2023-06-30", "--json"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert told.stderr.count("\n") == 1
    assert "clock" in told.stderr or "时钟" in told.stderr
    assert told.stdout.startswith("{")

"""A stolen laptop: no word of an encrypted book stands in any file of the program, however it came there.

Every file under the user's folders, the folder for temporary files and the book's own is searched for what was typed,
as it is written in UTF-8, UTF-16 and GB 18030, escaped as in JSON, and in pinyin.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from crm_app import clock, paths
from crm_app.app import main
from crm_app.db import backup
from crm_app.db.engine import connect
from crm_app.domain import pinyin
from crm_app.services import attachments, drafts, enterprises, protection, recycle_bin, search
from crm_app.services import book as books
from crm_app.services.attachments import Given
from crm_app.services.book import Book

PASSPHRASE, ANOTHER = "雨后的江津 6 点", "石门大桥 2023"
NAME = "渝能电池示例厂"
WORDS = {
    "name": NAME,
    "former name": "从前叫作长江蓄电所",
    "person": "欧阳示例",
    "note": "私下说过想把二期放在双福",
    "draft": "还没写完的拜访纪要",
    "attachment": "附件里的报价单正文",
    "file name": "报价单第三版",
    "label": "示例榜单发布机构",
    "taken back": "写错又撤销的备注",
    "imported": "导入来的示例机电",
    "half-written": "断电时正在写的企业",
}
_ROOT = Path(__file__).resolve().parents[2]
_ROWS_OF_A_BIG_UNIT = 1_500
"""More than SQLite's cache holds: pages of a unit that is not committed stand in the WAL."""

_CHILD = f"""
import sys
from pathlib import Path
from crm_app.domain.enterprises import Enterprise
from crm_app.services import book as books, drafts
book = books.open_book(Path(sys.argv[1]), sys.stdin.readline().rstrip())
drafts.keep(book, "visit", {{"note": "{WORDS["draft"]}"}})
with book.unit("{WORDS["half-written"]}") as unit:
    unit.insert_many(Enterprise, [
        {{"name": f"{{n}}号示例厂", "fit": "{WORDS["half-written"]}" * 300}} for n in range({_ROWS_OF_A_BIG_UNIT})
    ])
    print("ready", flush=True)
    sys.stdin.readline()
"""


@dataclass
class Laptop:
    """What a thief finds: ``folders`` are all the program writes to by itself; ``desk`` is the user's own."""

    book: Path
    desk: Path
    folders: tuple[Path, ...]

    def found(self) -> dict[str, list[str]]:
        """Return the files each word stands in, by the word and how it is written there."""
        contents = {
            str(file): file.read_bytes() for folder in self.folders for file in folder.rglob("*") if file.is_file()
        }
        # A file's name tells as well.
        contents |= {f"{name} (name)": name.encode() for name in contents}
        met: dict[str, list[str]] = {}
        for what, word in WORDS.items():
            for how, written in _ways_of(word).items():
                files = [name for name, content in contents.items() if written in content]
                if files:
                    met[f"{what} in {how}"] = files
        return met


def _ways_of(word: str) -> dict[str, bytes]:
    # The index keeps two characters at a time: a part of three stands in no index, one of two by chance in any file.
    part = word[:4]
    return {
        "UTF-8": part.encode(),
        "UTF-16 LE": part.encode("utf-16-le"),
        "UTF-16 BE": part.encode("utf-16-be"),
        "GB 18030": part.encode("gb18030"),
        "JSON": json.dumps(part)[1:-1].encode(),
        "bigrams": f"{word[:2]}{word[1:3]}".encode(),
        "pinyin": pinyin.full(part).encode(),
    }


@pytest.fixture
def laptop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    temporary, desk = tmp_path / "tmp", tmp_path / "desk"
    temporary.mkdir()
    desk.mkdir()
    for variable in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(variable, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    data = paths.data_folder()
    yield Laptop(data / "book.crm", desk, (data.parents[1], temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)


def _work(book: Book, laptop: Laptop) -> None:
    """Do what a promoter does of a day."""
    books.be(book, "单晓")
    company = enterprises.create_enterprise(book, name=WORDS["former name"]).value
    enterprises.change_enterprise(book, company, name=NAME)
    enterprises.add_contact(book, company, name=WORDS["person"], phone="+8613800138000", note=WORDS["note"])
    enterprises.add_label(book, company, honour="独角兽", issuer=WORDS["label"])
    other = enterprises.create_enterprise(book, name="另一家示例公司").value
    enterprises.change_enterprise(book, other, name=WORDS["taken back"])
    books.undo(book)
    recycle_bin.delete(book, "enterprise", other)
    drafts.keep(book, "visit", {"note": WORDS["draft"]})
    quotation = laptop.desk / (WORDS["file name"] + ".txt")
    quotation.write_text(WORDS["attachment"] * 30_000, encoding="utf-8")
    attachments.attach(book, [Given.file(quotation)], enterprise_id=company)
    assert search.search(book, NAME[:2])
    assert search.search(book, pinyin.full(NAME[:2]))
    books.back_up(book, None, clock.now_ms())
    backup.safeguard(book)


def _import(laptop: Laptop) -> None:
    ledger = laptop.desk / "台账.csv"
    ledger.write_text(f"企业名称,备注\n{WORDS['imported']},来自台账\n", encoding="utf-8")
    assert main(["--book", str(laptop.book), "import", str(ledger), "--kind", "enterprises"]) == 0


def _kill_in_the_middle_of_a_save(laptop: Laptop, secret: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(laptop.book)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        encoding="utf-8",
    ) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(f"{secret}\n")
        child.stdin.flush()
        assert child.stdout.readline() == "ready\n"
        child.kill()


def test_a_book_protected_from_birth_leaves_no_word(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_PASSPHRASE", PASSPHRASE)
    book = books.create_book(laptop.book, PASSPHRASE, protection.new_recovery_key())
    _work(book, laptop)
    # While it is open, with its WAL; locked; and closed.
    assert laptop.found() == {}
    protection.lock(book)
    assert laptop.found() == {}
    protection.unlock(book, PASSPHRASE)
    protection.change_passphrase(book, PASSPHRASE, ANOTHER)
    protection.change_passphrase(book, ANOTHER, PASSPHRASE)
    books.close_book(book)
    _import(laptop)
    assert laptop.found() == {}
    _kill_in_the_middle_of_a_save(laptop, PASSPHRASE)
    assert laptop.book.with_name(laptop.book.name + "-wal").stat().st_size > 1 << 20
    assert laptop.found() == {}
    book = books.open_book(laptop.book, PASSPHRASE)
    assert books.check(book) == []
    assert drafts.load(book, "visit") == {"note": WORDS["draft"]}
    books.close_book(book)
    assert laptop.found() == {}


def test_a_password_put_on_later_leaves_no_word_behind(laptop: Laptop) -> None:
    book = books.create_book(laptop.book)
    _work(book, laptop)
    books.close_book(book)
    _import(laptop)
    _kill_in_the_middle_of_a_save(laptop, "")
    # Without a password every word is found: this search can find them.
    found = laptop.found()
    assert {key.partition(" in ")[0] for key in found} == set(WORDS)
    assert {key.rpartition(" in ")[2] for key in found} >= {"UTF-8", "pinyin"}
    book = books.open_book(laptop.book)
    assert protection.protect(book, PASSPHRASE, protection.new_recovery_key()) == []
    assert laptop.found() == {}
    assert books.check(book) == []
    books.close_book(book)
    assert laptop.found() == {}


def test_what_sqlite_puts_aside_stays_in_memory(laptop: Laptop) -> None:
    with closing(connect(laptop.desk / "any.db", None)) as raw:
        options = {row[0] for row in raw.execute("PRAGMA compile_options")}
    # 2: in memory unless asked otherwise, 3: always; nobody asks otherwise.
    assert options & {"TEMP_STORE=2", "TEMP_STORE=3"}
    assert os.environ["TMPDIR"] == tempfile.gettempdir()

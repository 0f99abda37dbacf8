"""The scenes the plug is pulled in: what stands before, what is done, and what must hold after it."""

from __future__ import annotations

import lzma
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crm_app import clock
from crm_app.db import attachments, drafts
from crm_app.db.book import Book
from crm_app.db.pages import SMALL
from crm_app.domain.attachments import Attachment
from crm_app.services import book as books
from crm_app.services import checkup, leads, projects, protection
from tests.faults.begun import (
    NEXT_PASSPHRASE,
    PASSPHRASE,
    lead_ids,
    log,
    opened,
    opens,
    plain_book,
    with_copy,
    with_password,
)
from tests.faults.guarding import change_passphrase, opens_as, protect, unprotect
from tests.faults.plug import Act, Say, Told

OLD_BOOK = Path(__file__).parents[1] / "old_books" / "0001.crm.xz"


@dataclass(frozen=True)
class Scene:
    """``prepare`` makes the folder, ``act`` is killed, ``verify`` looks at what is left.

    ``passes``: the kinds of points of db/faults.py on its way; it passes every point of each. ``shared``: those of them
    that are another scene's matter; there it is killed in the long run only.
    """

    prepare: Callable[[Path], None]
    act: Act
    verify: Callable[[Path, Told], None]
    passes: tuple[str, ...]
    shared: tuple[str, ...] = ()


# Saving, taking back, doing again


def _save(folder: Path, say: Say) -> None:
    book = books.open_book(folder / "book.crm")
    for n in range(3):
        log(book, f"示例{n}号公司")
        say("made")
        books.undo(book)
        say("taken back")
        books.redo(book)
        say("brought back")
    books.close_book(book)


def _saved(folder: Path, told: Told) -> None:
    with opened(folder / "book.crm") as book:
        steps = len(told.said)
        # The step that was under way is done or not done.
        assert len(lead_ids(book)) - 1 in (_living_after(steps), _living_after(steps + 1))
        log(book, "新客户公司")


def _living_after(steps: int) -> int:
    """Return how many leads live: each is made, taken back and brought back."""
    return steps // 3 + (steps % 3 == 1)


# Drafts


def _draft(folder: Path, say: Say) -> None:
    book = books.open_book(folder / "book.crm")
    for n in range(3):
        drafts.keep(book, "log", {"note": str(n)})
        say(n)
    books.close_book(book)


def _drafted(folder: Path, told: Told) -> None:
    with opened(folder / "book.crm") as book:
        kept = drafts.load(book, "log")
        last = told.said[-1] if told.said else -1
        assert (int(kept["note"]) if kept else -1) in (last, last + 1)


# Backup and restore


def _back_up(folder: Path, say: Say) -> None:
    book = books.open_book(folder / "book.crm")
    say(str(books.back_up(book, folder / "copies", clock.now_ms())))
    books.close_book(book)


def _with_folder(folder: Path) -> None:
    plain_book(folder)
    (folder / "copies").mkdir()


def _backed_up(folder: Path, told: Told) -> None:
    copies = list((folder / "copies").glob("*.crm"))
    assert {str(copy) for copy in copies} >= set(told.said)
    with opened(folder / "book.crm") as book:
        before = lead_ids(book)
    for copy in copies:
        with opened(copy) as book:
            assert lead_ids(book) == before


def _two_states(folder: Path) -> None:
    plain_book(folder)
    book = books.open_book(folder / "book.crm")
    books.back_up(book, folder, 0).rename(folder / "earlier.crm")
    log(book, "后来公司")
    books.close_book(book)


def _restore(folder: Path, say: Say) -> None:
    held = books.hold_book(folder / "book.crm")
    say(str(books.restore(held, folder / "earlier.crm").kept))
    books.close_book(held)


def _origin(path: Path) -> str:
    with opened(path) as book, book.read() as reader:
        return str(reader.connection.exec_driver_sql("SELECT value FROM book_info WHERE key = 'origin'").scalar_one())


def _restored(folder: Path, told: Told) -> None:
    with opened(folder / "book.crm") as book:
        amount = len(lead_ids(book))
    assert amount in ((1,) if told.said else (1, 2))
    if amount == 1:
        assert _origin(folder / "book.crm") != _origin(folder / "earlier.crm")
        kept = list(folder.rglob("book-*.crm"))
        assert kept
        for copy in kept:
            with opened(copy) as book:
                assert len(lead_ids(book)) == 2


def _two_passwords(folder: Path) -> None:
    for name, secret, amount in (("book", PASSPHRASE, 2), ("earlier", NEXT_PASSPHRASE, 1)):
        book = books.create_book(folder / f"{name}.crm", secret, protection.new_recovery_key())
        for n in range(amount):
            log(book, f"示例{n}号公司")
        books.close_book(book)


def _restore_other_password(folder: Path, say: Say) -> None:
    held = books.hold_book(folder / "book.crm", PASSPHRASE)
    say(str(books.restore(held, folder / "earlier.crm", NEXT_PASSPHRASE).kept))
    books.close_book(held)


def _restored_other_password(folder: Path, told: Told) -> None:
    # Content and keys are two files: whichever book is there, its own keys are too.
    opening = [secret for secret in (PASSPHRASE, NEXT_PASSPHRASE) if opens(folder / "book.crm", secret)]
    assert opening in ([[NEXT_PASSPHRASE]] if told.said else [[PASSPHRASE], [NEXT_PASSPHRASE]])
    with opened(folder / "book.crm", opening[0]) as book:
        assert len(lead_ids(book)) == (2 if opening == [PASSPHRASE] else 1)
    assert not [*folder.glob("book.crm.*")]


# A book of an earlier program


def _old_book(folder: Path) -> None:
    (folder / "book.crm").write_bytes(lzma.decompress(OLD_BOOK.read_bytes()))


def _migrate(folder: Path, say: Say) -> None:
    book = books.open_book(folder / "book.crm")
    say("up to date")
    books.close_book(book)


def _migrated(folder: Path, _told: Told) -> None:
    with opened(folder / "book.crm") as book:
        _old_rows(book)
        log(book, "新客户公司")
    kept = next(folder.glob("book.crm-backups/book-*-upgrade.crm"))
    # The way back: the copy that was kept is the book as the earlier program left it.
    with opened(kept) as book:
        _old_rows(book)


def _old_rows(book: Book) -> None:
    (row,) = leads.list_leads(book, open_only=False)
    assert (row.enterprise.name, row.lead.shown("intent")) == ("旧书示例公司", "约3亿元至5亿元")
    assert [one.project.name for one in projects.list_projects(book)] == ["旧书示例项目"]


# An attachment: its bytes are on the disk before its row is


def _attach(folder: Path, say: Say) -> None:
    book = books.open_book(folder / "book.crm", PASSPHRASE)
    for content in (b"a photo", b"a photo", b"a recording" * 200_000):
        with book.unit("attach") as unit:
            sha256, size = attachments.store(book.path, book.key, content)
            unit.insert(Attachment, sha256=sha256, name="a.bin", size=size)
            unit.commit()
        say(sha256)
    books.close_book(book)


def _attached(folder: Path, told: Told) -> None:
    with opened(folder / "book.crm", PASSPHRASE) as book:
        with book.read() as reader:
            rows = [row.sha256 for row in reader.find(Attachment)]
        assert rows[: len(told.said)] == told.said
        assert attachments.verify(book.path, book.key, rows) == []
        attachments.store(book.path, book.key, b"another")
    assert not [path for path in (folder / "book.crm-files").iterdir() if path.suffix]


# A damaged book


def _damaged(folder: Path) -> None:
    with_password(folder)
    content = bytearray((folder / "book.crm").read_bytes())
    content[SMALL : 2 * SMALL] = bytes(SMALL)
    (folder / "book.crm").write_bytes(content)


def _salvage(folder: Path, say: Say) -> None:
    say(checkup.salvage(folder / "book.crm", PASSPHRASE, folder / "new.crm").kept["lead"])


def _salvaged(folder: Path, told: Told) -> None:
    new = folder / "new.crm"
    assert new.exists() or not told.said
    if not new.exists():
        # What an interrupted salvage left stands in nobody's way.
        assert checkup.salvage(folder / "book.crm", PASSPHRASE, new).kept["lead"] == 1
    with opened(new, PASSPHRASE) as book:
        assert len(lead_ids(book)) == 1


# A new book, with a password from its first byte


def _make(folder: Path, say: Say) -> None:
    book = books.create_book(folder / "book.crm", PASSPHRASE, protection.new_recovery_key())
    say("made")
    books.close_book(book)


def _made(folder: Path, told: Told) -> None:
    """Look that there is a whole book, or none and room to make one; nothing of the making is left."""
    path = folder / "book.crm"
    assert path.exists() or not told.said
    if not path.exists():
        books.close_book(books.create_book(path, PASSPHRASE, protection.new_recovery_key()))
    with opened(path, PASSPHRASE) as book:
        log(book, "第一家公司")
    assert not list(folder.glob("*.making*"))


def _nothing(_folder: Path) -> None:
    """Begin in an empty folder."""


SCENES: dict[str, Scene] = {
    "make": Scene(_nothing, _make, _made, ("keys", "migration", "new", "unit")),
    "attach": Scene(with_password, _attach, _attached, ("outside", "attachment", "unit"), ("outside",)),
    "save": Scene(plain_book, _save, _saved, ("unit",)),
    "draft": Scene(plain_book, _draft, _drafted, ("outside",)),
    "backup": Scene(_with_folder, _back_up, _backed_up, ("backup", "outside"), ("outside",)),
    "restore": Scene(_two_states, _restore, _restored, ("backup", "restore", "restored"), ("backup",)),
    "restore other password": Scene(
        _two_passwords,
        _restore_other_password,
        _restored_other_password,
        ("keys", "backup", "restore", "restored"),
        ("backup", "restored"),
    ),
    "migrate": Scene(_old_book, _migrate, _migrated, ("backup", "migration", "outside", "unit"), ("outside", "unit")),
    "protect": Scene(with_copy, protect, opens_as(None, PASSPHRASE), ("keys", "convert", "convert_copy")),
    "passphrase": Scene(
        with_password, change_passphrase, opens_as(PASSPHRASE, NEXT_PASSPHRASE), ("outside", "keys"), ("outside",)
    ),
    "unprotect": Scene(
        with_password,
        unprotect,
        opens_as(PASSPHRASE, None),
        ("outside", "convert_copy", "convert"),
        ("outside", "convert_copy"),
    ),
    "salvage": Scene(
        _damaged,
        _salvage,
        _salvaged,
        ("keys", "migration", "new", "outside", "salvage"),
        ("keys", "migration", "outside"),
    ),
}
"""Every scene by its name; together they pass every point of db/faults.py."""

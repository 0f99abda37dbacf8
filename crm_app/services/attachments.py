"""Attachments (附件): photos, documents and recordings kept with a record."""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, BinaryIO
from uuid import UUID

from crm_app import clock
from crm_app.db import access, attached
from crm_app.db import attachments as stored
from crm_app.db.book import Book
from crm_app.domain import days
from crm_app.domain.access import ATTACHMENT, Act
from crm_app.domain.attachments import DRAFTED, OWNERS, Attachment, NewFile
from crm_app.domain.records import RECORDS
from crm_app.domain.visits import Reception, Visit
from crm_app.errors import BadInput, Refused
from crm_app.files import previews, sniffing
from crm_app.files.previews import Picture
from crm_app.files.writing import whole_file
from crm_app.i18n import _, ngettext
from crm_app.progress import Report
from crm_app.services.outcome import Outcome

__all__ = ["Picture"]

LARGEST = 200_000_000
"""Bytes of one attachment."""
LONG_SIDE = 2000
"""Pixels a photo is shrunk to: an A4 page at 170 dpi."""
_WORTH_IT = 0.9
"""What is left of a photo's size, at most: compressing a photo anew costs a little of its quality."""
_KEPT_MS = 30 * 24 * 3600 * 1000
"""How long a file that no row names stays: a book that was put back by hand may know it again."""
_LONGEST_NAME = 120
_PHOTOS = ("image/heic", "image/avif", "image/tiff")
"""Pictures this program does not decode, which may well tell where they were taken."""
_PROGRAMS = re.compile(
    r"\.(?:exe|msi|msp|bat|cmd|com|scr|pif|cpl|msc|reg|hta|ps1|vbs|vbe|js|jse|wsf|wsh|jar|sh|run|appimage|lnk|url|scf"
    r"|desktop)",
    re.I,
)
"""What would run when somebody opened the copy, or leads elsewhere."""


@dataclass(frozen=True)
class Stored:
    """Bytes that stand beside the book already, by their SHA-256: a draft names them."""

    sha256: str


@dataclass(frozen=True)
class Given:
    """Something to attach: a file, bytes (a pasted picture) with the name they shall have, or what is stored."""

    name: str
    content: Path | bytes | Stored

    @classmethod
    def file(cls, path: Path) -> Given:
        """Return a file under its own name."""
        return cls(path.name, path)


@dataclass(frozen=True)
class Held:
    """An attachment as a page shows it; ``visit`` where it is kept with one."""

    attachment: Attachment
    visit: Visit | None = None

    @property
    def has_preview(self) -> bool:
        """Whether :func:`preview` can show it."""
        return self.attachment.kind in (*sniffing.PICTURES, sniffing.PDF)

    @property
    def is_picture(self) -> bool:
        """Whether it may tell where it was taken, and can be shrunk."""
        return self.attachment.kind in sniffing.PICTURES

    @property
    def detail(self) -> str:
        """What stands under its name: the day of the visit or reception, its size."""
        met = self.visit.on if self.visit else self.attachment.on if self.attachment.reception_id else None
        day = days.show_date(met) if met else ""
        return " · ".join(part for part in (day, size_in_words(self.attachment.size or 0)) if part)


def size_in_words(size: int) -> str:
    """Return a size as people say it: 640 KB, 3.2 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"


def sort_out(given: Sequence[Given]) -> tuple[list[Given], list[str]]:
    """Return the files that can be kept, and of each other a sentence that says why it is not."""
    kept, refused = [], []
    for one in given:
        try:
            _check(one)
        except (BadInput, Refused) as error:
            refused.append(str(error))
        else:
            kept.append(one)
    return kept, refused


def hold(book: Book, given: Sequence[Given]) -> list[Given]:
    """Store the bytes of what is attached later, once its record is saved, and return it as :class:`Stored`.

    What cannot be kept comes back as it was given: attaching it says why.
    """
    with book.writing_barred():
        return [_hold(book, one) for one in given]


def _hold(book: Book, given: Given) -> Given:
    try:
        _check(given)
        with _opened(book, given) as stream:
            sha256, _size = stored.store(book.path, book.key, stream)
    except (BadInput, Refused):
        return given
    return Given(given.name, Stored(sha256))


def ready(book: Book, given: Sequence[Given]) -> tuple[list[NewFile], list[str]]:
    """Store the bytes of what shall be kept with a record that is written next, in the unit that writes the record.

    Return the files for that unit, and of each that cannot be kept a sentence that says why.
    """
    files, refused = [], []
    with book.writing_barred():
        for one in given:
            try:
                _check(one)
                files.append(_keep(book, one))
            except (BadInput, Refused) as error:
                refused.append(str(error))
    return files, refused


def told_draft(given: Sequence[Given]) -> dict[str, str]:
    """Return what a draft keeps of these: the names of those that are stored, by their content."""
    return {DRAFTED + one.content.sha256: one.name for one in given if isinstance(one.content, Stored)}


def drafted(values: Mapping[str, str]) -> list[Given]:
    """Return what a draft names, to be attached once its record is saved."""
    named = ((name.removeprefix(DRAFTED), text) for name, text in values.items() if name.startswith(DRAFTED))
    return [Given(text, Stored(sha256)) for sha256, text in named]


def attach(
    book: Book,
    given: Sequence[Given],
    *,
    progress: Report | None = None,
    **owner: UUID | None,
) -> Outcome[list[UUID]]:
    """Keep files with one record, all in one unit; their bytes are on the disk before their rows are.

    ``owner`` is the record by one of ``OWNERS``, such as ``visit_id``. What is kept with a visit or a reception is of
    its day, all else of today. Raise BadInput for an empty or too large file or a program,
    Refused where one cannot be read or the disk is full; none is kept then.
    """
    for one in given:
        _check(one)
    label = ngettext("Attach {name}", "Attach {n} files", len(given)).format(
        name=given[0].name if given else "", n=len(given)
    )
    table, record_id = _owner(owner)
    with book.unit(label) as unit:
        record = unit.get(RECORDS[table], record_id)
        day = record.on if isinstance(record, Visit | Reception) else clock.today()
        files = []
        for done, one in enumerate(given):
            if progress is not None:
                progress(done, len(given), one.name)
            files.append(_keep(book, one))
        made = attached.add(unit, files, day, **{f"{table}_id": record_id})
        return Outcome(unit.commit(), made)


def _owner(owner: Mapping[str, UUID | None]) -> tuple[str, UUID]:
    found = [(name.removesuffix("_id"), record) for name, record in owner.items() if record is not None]
    ((table, record),) = found
    assert table in OWNERS
    return table, record


def _check(given: Given) -> None:
    if isinstance(given.content, Stored):
        # Looked at when it was stored.
        return
    try:
        if isinstance(given.content, Path) and given.content.is_dir():
            raise BadInput(_("“{name}” is a folder; take the files in it.").format(name=given.name))
        if isinstance(given.content, Path) and not given.content.is_file():
            raise BadInput(_("There is no file {path}.").format(path=given.content))
        size = given.content.stat().st_size if isinstance(given.content, Path) else len(given.content)
    except OSError as error:
        raise _unreadable(given, error) from error
    if size == 0:
        raise BadInput(_("“{name}” is empty.").format(name=given.name))
    if _PROGRAMS.fullmatch(PurePath(tidy(given.name)).suffix):
        words = _("“{name}” is a program or a link, no document; it is not kept in the book.")
        raise BadInput(words.format(name=given.name))
    if size > LARGEST:
        words = _("“{name}” is larger than {most}. Shorten the recording, or keep it elsewhere and note where.")
        raise BadInput(words.format(name=given.name, most=size_in_words(LARGEST)))


def _keep(book: Book, given: Given) -> NewFile:
    with _opened(book, given) as stream:
        head = stream.read(sniffing.HEAD)
        stream.seek(0)
        sha256, size = stored.store(book.path, book.key, stream)
    return NewFile(sha256, size, tidy(given.name), sniffing.media_type(head, given.name))


@contextlib.contextmanager
def _opened(book: Book, given: Given) -> Iterator[BinaryIO]:
    if not isinstance(given.content, Path):
        known = given.content
        yield io.BytesIO(stored.read(book.path, book.key, known.sha256) if isinstance(known, Stored) else known)
        return
    try:
        file = given.content.open("rb")
    except OSError as error:
        raise _unreadable(given, error) from error
    with file:
        yield file


def _unreadable(given: Given, error: OSError) -> Refused:
    return Refused(_("{path} cannot be read: {reason}").format(path=given.content, reason=error.strerror or error))


def tidy(name: str) -> str:
    """Return a file name without folders, marks no system takes and blanks around; shortened before its ending."""
    plain = "".join("_" if one in '<>:"/\\|?*' or not one.isprintable() else one for one in name).strip(" .")
    path = PurePath(plain or _("Attachment"))
    return path.stem[: _LONGEST_NAME - len(path.suffix)] + path.suffix


def list_attachments(book: Book, **owner: UUID | None) -> list[Held]:
    """Return what is kept with a record, with an enterprise also its visits' and follow-ups'; the newest first."""
    table, record_id = _owner(owner)
    with book.read() as reader:
        if table != "enterprise":
            same: dict[str, Any] = {f"{table}_id": record_id}
            return [Held(one) for one in reader.find(Attachment, order_by=("-id",), **same)]
        kept = attached.of_enterprise(reader, record_id)
        visits = reader.get_many(Visit, [one.record for one in kept if one.record is not None])
        return [Held(one.attachment, visits.get(one.record) if one.record else None) for one in kept]


def find(book: Book, attachment_id: UUID) -> Held | None:
    """Return an attachment as it is now; None where it was removed."""
    with book.read() as reader:
        row = reader.look_up(Attachment, attachment_id)
        return Held(row, reader.look_up(Visit, row.visit_id)) if row and row.deleted_at is None else None


def rename(book: Book, attachment_id: UUID, name: str) -> Outcome[None]:
    """Give an attachment another name; its ending stays where none is typed. Raise BadInput for an empty one."""
    if not name.strip():
        raise BadInput(_("Please type a name."), field="name")
    with book.unit(_("Rename an attachment")) as unit:
        before = unit.get(Attachment, attachment_id).name
        unit.about(before)
        ending = "" if PurePath(name).suffix else PurePath(before).suffix
        unit.update(Attachment, attachment_id, name=tidy(name.strip() + ending))
        return Outcome(unit.commit(), None)


def remove(book: Book, attachment_id: UUID) -> Outcome[None]:
    """Take an attachment away; its bytes stay, for undo may bring it back."""
    with book.unit(_("Remove an attachment")) as unit:
        unit.about(unit.get(Attachment, attachment_id).name)
        unit.delete(Attachment, attachment_id)
        return Outcome(unit.commit(), None)


def content(book: Book, attachment: Attachment) -> bytes:
    """Return an attachment's bytes, proved to be those that were attached; raise Refused."""
    return stored.read(book.path, book.key, attachment.sha256)


def preview(book: Book, attachment: Attachment, longest: int, page: int = 0) -> Picture:
    """Return what a picture, or the page of a PDF (from 0), looks like; decoded by the reader child, never here.

    Raise BadInput for what cannot be shown, Refused where its file is missing or damaged.
    """
    return previews.show(content(book, attachment), attachment.name, longest, page)


def shrink(book: Book, attachment_id: UUID) -> Outcome[int]:
    """Make a photo smaller (long side 2000 pixels) and return the bytes saved; undo brings the large one back.

    Raise BadInput where it is no picture, or small already.
    """
    with book.read() as reader:
        attachment = reader.get(Attachment, attachment_id)
    small = previews.shrink(content(book, attachment), attachment.name, LONG_SIDE)
    before = attachment.size or 0
    if len(small) > before * _WORTH_IT:
        raise BadInput(_("“{name}” is small already; nothing was changed.").format(name=attachment.name))
    kind = sniffing.media_type(small[: sniffing.HEAD], "")
    name = attachment.name
    if kind != attachment.kind:
        name = PurePath(name).stem + (".jpg" if kind == "image/jpeg" else ".png")
    with book.unit(_("Make a photo smaller")) as unit:
        unit.about(attachment.name)
        sha256, size = stored.store(book.path, book.key, small)
        unit.update(Attachment, attachment_id, sha256=sha256, size=size, kind=kind, name=name)
        return Outcome(unit.commit(), before - size)


def export(book: Book, attachment_id: UUID, path: Path, *, strip: bool = True) -> None:
    """Write a copy of an attachment to a file, whole or not at all, and note who took it out.

    From a picture the place, the time and the camera are taken out unless ``strip`` is False. Raise BadInput where
    that cannot be done, Refused where the attachment or the disk is damaged or full.
    """
    with book.read() as reader:
        attachment = reader.get(Attachment, attachment_id)
    pieces = stored.chunks(book.path, book.key, attachment.sha256)
    if strip and attachment.kind in (*sniffing.PICTURES, *_PHOTOS):
        pieces = iter([previews.strip(b"".join(pieces), attachment.name)])
    access.note(book, Act.EXPORT.value, ATTACHMENT, row=attachment.id)
    with whole_file(path) as beside, beside.open("wb") as file:
        for piece in pieces:
            file.write(piece)


def sweep(book: Book) -> int:
    """Remove files no row names, after a month, and what a power cut left half-written; return how many files went."""
    until = clock.now_ms() - _KEPT_MS
    gone = 0
    with book.writing_barred(), book.read() as reader:
        stored.sweep_temporary(book.path)
        for file in stored.unreferenced(book.path, book.key, stored.referenced(reader)):
            if os.stat(file).st_mtime_ns // 1_000_000 < until:
                file.unlink()
                gone += 1
    return gone

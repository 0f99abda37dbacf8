"""Photos and documents kept with an enterprise or a visit: in, shown, smaller, out without their place, and back."""

from __future__ import annotations

import io
import os
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from crm_app import clock
from crm_app.db import attachments as stored
from crm_app.domain.attachments import Attachment
from crm_app.errors import BadInput, Cancelled, NotFound, Refused
from crm_app.services import (
    access,
    attachments,
    enterprises,
    follow_ups,
    protection,
    receptions,
    recycle_bin,
    search,
    visits,
)
from crm_app.services import book as books
from crm_app.services.attachments import Given, Held
from crm_app.services.receptions import Receive
from tests.files import hostile
from tests.services.conftest import TODAY, Bureau

PASSPHRASE = "雨后的江津 6 点"


def listed(bureau: Bureau) -> list[Held]:
    return attachments.list_attachments(bureau.book, enterprise_id=bureau.battery)


def attached(bureau: Bureau, *given: Given) -> Attachment:
    attachments.attach(bureau.book, given, enterprise_id=bureau.battery)
    return listed(bureau)[0].attachment


def files(bureau: Bureau) -> list[Path]:
    return list(stored.folder(bureau.book.path).iterdir())


def photo() -> Given:
    return Given("厂房.jpg", hostile.photo(size=(3000, 2000)))


def test_files_and_a_pasted_picture_are_attached_in_one_unit(bureau: Bureau, tmp_path: Path) -> None:
    report = tmp_path / "年报.pdf"
    report.write_bytes(b"%PDF-1.7 ...")
    attachments.attach(bureau.book, [Given.file(report), photo()], enterprise_id=bureau.battery)
    rows = {held.attachment.name: held.attachment for held in listed(bureau)}
    assert {name: row.kind for name, row in rows.items()} == {"年报.pdf": "application/pdf", "厂房.jpg": "image/jpeg"}
    assert rows["年报.pdf"].on == TODAY
    assert attachments.content(bureau.book, rows["年报.pdf"]) == b"%PDF-1.7 ..."
    books.undo(bureau.book)
    assert listed(bureau) == []
    books.redo(bureau.book)
    assert len(listed(bureau)) == 2


def test_what_is_kept_with_a_visit_is_seen_at_its_enterprise_and_goes_with_it(bureau: Bureau) -> None:
    visit = visits.write_visit(
        bureau.book, visits.WriteVisit(on=TODAY, enterprise_id=bureau.battery, talk="看厂房")
    ).value
    attachments.attach(bureau.book, [photo()], visit_id=visit)
    (held,) = listed(bureau)
    assert held.visit is not None
    assert "6月14日" in held.detail or "06-14" in held.detail
    assert [one.attachment for one in attachments.list_attachments(bureau.book, visit_id=visit)] == [held.attachment]
    recycle_bin.delete(bureau.book, "visit", visit)
    assert listed(bureau) == []
    books.undo(bureau.book)
    assert len(listed(bureau)) == 1


def test_a_meeting_and_its_files_are_one_unit(bureau: Bureau, tmp_path: Path) -> None:
    book, gone = bureau.book, Given.file(tmp_path / "已拔出的盘.jpg")
    files, refused = attachments.ready(book, [photo(), gone])
    assert ([one.name for one in files], len(refused)) == (["厂房.jpg"], 1)
    asked = visits.WriteVisit(on=date(2023, 6, 1), enterprise_id=bureau.battery, talk="看厂房")
    visit = visits.write_visit(book, asked, files).value
    receptions.receive(book, Receive(enterprise_id=bureau.battery, on=date(2023, 6, 2)), files)
    assert [(one.attachment.on, one.attachment.visit_id) for one in listed(bureau)] == [
        (date(2023, 6, 2), None),
        (date(2023, 6, 1), visit),
    ]
    more, _none = attachments.ready(book, [Given("名片.txt", b"x")])
    visits.change_visit(book, visit, on=date(2023, 6, 3), files=more)
    kept = attachments.list_attachments(book, visit_id=visit)
    assert [one.attachment.on for one in kept] == [date(2023, 6, 3)] * 2
    for _step in range(3):
        books.undo(book)
    assert (listed(bureau), visits.visits_of(book, bureau.battery)) == ([], [])


def test_a_receptions_files_are_of_its_day_found_by_name_and_need_no_enterprise(bureau: Bureau) -> None:
    book = bureau.book
    delegation = Receive(guests="长三角商会代表团", on=date(2023, 6, 1))
    alone = receptions.receive(book, delegation).value
    attachments.attach(book, [Given("合影.txt", b"x")], reception_id=alone)
    (hit,) = search.search(book, "合影")
    assert (hit.owner, hit.title) == (("reception", alone), "合影.txt")
    receptions.change_reception(book, alone, replace(delegation, on=date(2023, 6, 2), enterprise_id=bureau.battery))
    (held,) = listed(bureau)
    assert held.attachment.on == date(2023, 6, 2)
    assert "2023年6月2日" in held.detail or "2 June" in held.detail
    assert search.search(book, "合影")[0].owner == ("enterprise", bureau.battery)
    recycle_bin.delete(book, "reception", alone)
    assert listed(bureau) == []


def test_an_enterprise_goes_and_comes_back_with_its_attachments(bureau: Bureau) -> None:
    attached(bureau, photo())
    recycle_bin.delete(bureau.book, "enterprise", bureau.battery)
    assert listed(bureau) == []
    books.undo(bureau.book)
    assert len(listed(bureau)) == 1


def test_the_kind_is_told_by_the_content(bureau: Bureau) -> None:
    row = attached(bureau, Given("photo.jpg", b"<html><script>alert(1)</script>"))
    assert row.kind == "text/html"
    with pytest.raises(BadInput, match="不是"):
        attachments.preview(bureau.book, row, 100)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (Given("空.jpg", b""), "空"),
        (Given("没有.jpg", Path("/no/such/file.jpg")), "没有"),
    ],
)
def test_what_cannot_be_attached_is_a_sentence_and_nothing_of_it_is_kept(
    bureau: Bureau, given: Given, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        attachments.attach(bureau.book, [photo(), given], enterprise_id=bureau.battery)
    assert listed(bureau) == []
    assert not stored.folder(bureau.book.path).exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(bureau: Bureau, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(attachments.LARGEST + 1)
    with pytest.raises(BadInput, match="200"):
        attachments.attach(bureau.book, [Given.file(film)], enterprise_id=bureau.battery)


def test_a_failed_unit_leaves_a_file_that_is_swept_after_a_month(bureau: Bureau) -> None:
    kept = attached(bureau, photo())

    def stop(done: int, _total: int, _what: str) -> None:
        if done:
            raise Cancelled("停")

    with pytest.raises(Cancelled):
        attachments.attach(
            bureau.book, [Given("a", b"one"), Given("b", b"two")], enterprise_id=bureau.battery, progress=stop
        )
    assert len(files(bureau)) == 2
    assert attachments.sweep(bureau.book) == 0
    month_ago = clock.now_ms() / 1000 - 31 * 24 * 3600
    for file in files(bureau):
        os.utime(file, (month_ago, month_ago))
    assert attachments.sweep(bureau.book) == 1
    assert attachments.content(bureau.book, kept)


def test_what_was_removed_or_made_smaller_stays_for_undo(bureau: Bureau) -> None:
    row = attached(bureau, photo())
    attachments.shrink(bureau.book, row.id)
    attachments.remove(bureau.book, row.id)
    month_ago = clock.now_ms() / 1000 - 31 * 24 * 3600
    for file in files(bureau):
        os.utime(file, (month_ago, month_ago))
    assert attachments.sweep(bureau.book) == 0
    books.undo(bureau.book)
    books.undo(bureau.book)
    (held,) = listed(bureau)
    assert held.attachment.sha256 == row.sha256
    assert attachments.content(bureau.book, held.attachment) == photo().content


def test_a_photo_is_made_smaller_once(bureau: Bureau) -> None:
    row = attached(bureau, Given("a.png", hostile.picture("PNG", (3000, 2000))), photo())
    saved = attachments.shrink(bureau.book, row.id).value
    (now,) = [held.attachment for held in listed(bureau) if held.attachment.id == row.id]
    assert (now.kind, now.size) == ("image/jpeg", (row.size or 0) - saved)
    assert Image.open(io.BytesIO(attachments.content(bureau.book, now))).size == (2000, 1333)
    with pytest.raises(BadInput, match="已经"):
        attachments.shrink(bureau.book, row.id)


def test_a_copy_leaves_without_place_and_camera_unless_asked_and_is_noted(bureau: Bureau, tmp_path: Path) -> None:
    row = attached(bureau, photo())
    out, whole = tmp_path / "out.jpg", tmp_path / "whole.jpg"
    attachments.export(bureau.book, row.id, out)
    attachments.export(bureau.book, row.id, whole, strip=False)
    assert hostile.CAMERA.encode() not in out.read_bytes()
    assert not Image.open(io.BytesIO(out.read_bytes())).getexif().get_ifd(0x8825)
    assert whole.read_bytes() == photo().content
    noted = access.entries(bureau.book)
    assert len(noted) == 2
    assert "厂房.jpg" in noted[0].what


def test_a_photo_that_cannot_be_stripped_is_not_written(bureau: Bureau, tmp_path: Path) -> None:
    row = attached(bureau, Given("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + bytes(100)))
    with pytest.raises(BadInput, match="JPEG"):
        attachments.export(bureau.book, row.id, tmp_path / "out.heic")
    assert not (tmp_path / "out.heic").exists()
    attachments.export(bureau.book, row.id, tmp_path / "out.heic", strip=False)


def test_a_damaged_or_missing_file_is_a_sentence_and_no_half_copy(bureau: Bureau, tmp_path: Path) -> None:
    row = attached(bureau, Given("录音.amr", b"#!AMR" + bytes(3_000_000)))
    (file,) = files(bureau)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"\x01")
    with pytest.raises(Refused, match="损坏"):
        attachments.export(bureau.book, row.id, tmp_path / "out.amr")
    assert not list(tmp_path.glob("*.amr"))
    file.unlink()
    with pytest.raises(Refused, match="备份"):
        attachments.content(bureau.book, row)
    # The same file, attached again, puts the old row right too.
    attached(bureau, Given("录音.amr", whole))
    assert attachments.content(bureau.book, row) == whole


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("厂房大门", "厂房大门.jpg"),
        (" 大门.png ", "大门.png"),
        ("../../etc/passwd", "_.._etc_passwd.jpg"),
        ("长" * 300, "长" * 116 + ".jpg"),
    ],
)
def test_a_name_is_changed_and_never_a_path(bureau: Bureau, typed: str, kept: str) -> None:
    row = attached(bureau, photo())
    attachments.rename(bureau.book, row.id, typed)
    assert listed(bureau)[0].attachment.name == kept
    with pytest.raises(BadInput):
        attachments.rename(bureau.book, row.id, "  ")


def test_attachments_follow_the_password_of_the_book(bureau: Bureau) -> None:
    row = attached(bureau, photo())
    protection.protect(bureau.book, PASSPHRASE, protection.new_recovery_key())
    assert attachments.content(bureau.book, row) == photo().content
    assert all(b"JFIF" not in file.read_bytes() for file in files(bureau))
    assert attachments.preview(bureau.book, row, 100).width == 100
    protection.lock(bureau.book)
    with pytest.raises(Refused):
        attachments.content(bureau.book, row)
    protection.unlock(bureau.book, PASSPHRASE)
    protection.unprotect(bureau.book, PASSPHRASE)
    assert attachments.content(bureau.book, row) == photo().content


def test_nothing_of_a_protected_book_is_ever_put_on_the_disk_in_the_clear(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    protection.protect(bureau.book, PASSPHRASE, protection.new_recovery_key())
    row = attached(bureau, photo(), Given("会谈录音.amr", b"#!AMR" + b"spoken words" * 300_000))
    for held in listed(bureau):
        if held.has_preview:
            attachments.preview(bureau.book, held.attachment, 500)
            attachments.shrink(bureau.book, held.attachment.id)
    protection.lock(bureau.book)
    assert row.name
    for file in tmp_path.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        for plain in (b"spoken words", b"JFIF", hostile.CAMERA.encode(), "录音".encode()):
            assert plain not in content, file


def test_nothing_is_attached_to_what_is_not_there(bureau: Bureau) -> None:
    with pytest.raises(NotFound):
        attachments.attach(bureau.book, [photo()], visit_id=bureau.battery)


def test_files_are_kept_with_other_records_and_what_is_no_document_is_told(bureau: Bureau, tmp_path: Path) -> None:
    said = follow_ups.log_follow_up(bureau.book, content="来电", mode="电话", enterprise_id=bureau.battery).value
    attachments.attach(bureau.book, [photo()], follow_up_id=said)
    (held,) = listed(bureau)
    assert held.attachment.follow_up_id == said
    page = enterprises.enterprise_page(bureau.book, bureau.battery)
    assert [entry.files for entry in page.timeline if entry.kind == "follow_up"] == [(held.attachment,)]
    program = tmp_path / "安装.exe"
    program.write_bytes(b"MZ")
    kept, refused = attachments.sort_out([Given.file(program), Given.file(tmp_path), photo()])
    assert [one.name for one in kept] == ["厂房.jpg"]
    assert ["程序" in refused[0], "文件夹" in refused[1]] == [True, True]
    # Blanks and dots at its end are not kept, and would have hidden what it is.
    assert attachments.sort_out([Given(f"安装.exe{end}", b"MZ") for end in (".", " ", ". .")])[0] == []

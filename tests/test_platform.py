"""Where a path lies is read from the system's own list of mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_app import platform
from crm_app.errors import Refused
from crm_app.services import book as books

MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:40 / /home/shan/office\\040share rw,relatime shared:1 - cifs //server/share rw
41 27 0:41 / /mnt/nas rw,relatime master:2 propagate_from:1 - nfs4 nas:/export rw
42 41 0:42 / /mnt/nas/stick rw,relatime - vfat /dev/sdb1 rw
43 27 0:43 / /mnt/twice rw,relatime - ext4 /dev/vdb rw
44 27 0:44 / /mnt/twice rw,relatime - fuse.sshfs host: rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/shan/book.crm", "ext4"),
        ("/home/shan/office share/a/book.crm", "cifs"),
        ("/home/shan/office share", "cifs"),
        ("/home/shan/office share of mine/book.crm", "ext4"),
        ("/mnt/nas/book.crm", "nfs4"),
        ("/mnt/nas/stick/book.crm", "vfat"),
        ("/mnt/twice/book.crm", "fuse.sshfs"),
    ],
)
def test_the_nearest_and_newest_mount_counts(path: str, kind: str) -> None:
    assert platform.file_system(MOUNTS, Path(path)) == kind


def test_a_book_on_a_network_share_is_neither_made_nor_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.crm"
    books.close_book(books.create_book(path))
    before = path.read_bytes()
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS + f"50 27 0:50 / {tmp_path} rw - cifs //server/x rw\n")
    monkeypatch.setattr(platform, "MOUNTS", mounts)
    for attempt in (lambda: books.open_book(path), lambda: books.create_book(tmp_path / "new.crm")):
        with pytest.raises(Refused, match="网络共享"):
            attempt()
    assert path.read_bytes() == before
    assert not (tmp_path / "new.crm").exists()


WHEEL = {"ibus", "compose", "qtvirtualkeyboardplugin"}
"""What Qt's wheels bring."""


@pytest.mark.parametrize(
    ("environment", "plugins", "told"),
    [
        ({"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}, WHEEL, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "fcitx5"}, WHEEL, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "fcitx", "WAYLAND_DISPLAY": "wayland-0"}, WHEEL, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "fcitx"}, WHEEL | {"fcitx5"}, {}),
        ({"QT_IM_MODULE": "ibus"}, WHEEL, {}),
        ({"QT_IM_MODULE": "compose"}, WHEEL, {}),
        ({"QT_IM_MODULES": "fcitx"}, WHEEL, {"QT_IM_MODULES": "fcitx;ibus"}),
        ({"QT_IM_MODULES": "wayland;fcitx;ibus"}, WHEEL, {}),
        ({"XMODIFIERS": "@im=fcitx", "DISPLAY": ":0"}, WHEEL, {"QT_IM_MODULE": "ibus"}),
        ({"XMODIFIERS": "@im=ibus", "DISPLAY": ":0"}, WHEEL, {"QT_IM_MODULE": "ibus"}),
        ({"XMODIFIERS": "@im=fcitx", "WAYLAND_DISPLAY": "wayland-0"}, WHEEL, {}),
        (
            {"XMODIFIERS": "@im=fcitx", "WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "xcb"},
            WHEEL,
            {"QT_IM_MODULE": "ibus"},
        ),
        ({"DISPLAY": ":0"}, WHEEL, {}),
        ({"QT_IM_MODULE": "fcitx"}, {"compose"}, {}),
        ({}, WHEEL, {}),
    ],
)
def test_chinese_is_typed_through_ibus_where_fcitx_has_no_plug_in(
    environment: dict[str, str], plugins: set[str], told: dict[str, str]
) -> None:
    assert platform.input_method(environment, plugins) == told

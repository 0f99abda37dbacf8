"""Ranking notices as prose, pasted or from a file: confirmed field by field before they are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zlib import crc32

from PySide6.QtWidgets import QWidget

from crm_app.i18n import _
from crm_app.services import notices
from crm_app.ui.notices.dialog import DRAFT, NoticeDialog
from crm_app.ui.session import Session

__all__ = ["NoticeDialog", "is_notice", "look_into", "open_notice"]

is_notice = notices.is_notice


def open_notice(session: Session, window: QWidget, text: str = "", about: str = "") -> NoticeDialog:
    """Open the window on a text; without one, on what was kept or on an empty text to paste into.

    Each text has a draft of its own, ``about`` which: what was kept of one notice does not give way to the next.
    """
    about = about or (f"{crc32(text.encode()):08x}" if text else "")
    dialog = NoticeDialog(session, window, text, f"{DRAFT}:{about}" if about else DRAFT)
    dialog.open()
    dialog.focus_first()
    return dialog


def look_into(session: Session, window: QWidget, path: Path, otherwise: Callable[[], object]) -> None:
    """Read a text or a Word document beside the window, and open it where it is a notice; else do ``otherwise``.

    What cannot be read as either is told there, as any other file that is no ledger.
    """

    def take(text: str) -> None:
        if notices.is_notice(text):
            open_notice(session, window, text)
        else:
            otherwise()

    words = _("Looking through {name}").format(name=path.name)
    session.background.write(
        words, lambda _progress: notices.read_file(path), take, lambda _refused: otherwise(), owner=window
    )

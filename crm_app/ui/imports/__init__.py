"""Ledgers, pasted tables and cards in, every row of a kind out: previewed before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from crm_app.i18n import _
from crm_app.ui.cards import open_cards
from crm_app.ui.imports.dialog import ImportDialog
from crm_app.ui.imports.export import open_export
from crm_app.ui.imports.pasted import Pasted, held_by, is_picture
from crm_app.ui.notices import open_notice
from crm_app.ui.session import Session
from crm_app.ui.widgets import copying

__all__ = ["open_export", "open_import", "paste"]


def open_import(session: Session, window: QWidget, paths: Sequence[Path] = ()) -> ImportDialog | None:
    """Open the import and read files at once where any are given; pictures alone open as business cards (None)."""
    return _take(session, window, Pasted(files=tuple(paths)))


def paste(session: Session, window: QWidget) -> None:
    """Take in what the clipboard holds, or say that it holds nothing that can be."""
    held = held_by(copying.held())
    if held:
        _take(session, window, held)
    else:
        session.say(_("The clipboard holds no table, no people and no picture. Copy some and paste again."))


def _take(session: Session, window: QWidget, held: Pasted) -> ImportDialog | None:
    if held.notice:
        open_notice(session, window, held.notice)
        return None
    people = held.picture or held.text or (held.files and all(is_picture(path) for path in held.files))
    if people:
        open_cards(session, window, held.text, _pictures(held))
        return None
    dialog = ImportDialog(session, window)
    dialog.notice_wanted.connect(lambda text: open_notice(session, dialog, text))
    dialog.cards_wanted.connect(lambda other: open_cards(session, dialog, other.text, _pictures(other)))
    dialog.open()
    dialog.focus_first()
    if held:
        dialog.take(held)
    return dialog


def _pictures(held: Pasted) -> list[tuple[str, Path | bytes]]:
    pictures: list[tuple[str, Path | bytes]] = [(path.name, path) for path in held.files if is_picture(path)]
    return [*pictures, held.picture] if held.picture else pictures

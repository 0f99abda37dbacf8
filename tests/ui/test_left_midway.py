"""A book that is left while its pages are still being filled: nothing breaks, and nothing comes late."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from crm_app.services import book as books
from tests.ui.hasty import Hasty
from tests.ui.pictures import SCENES, studio

PLACES = ("enterprise", "duplicates", "projects-board", "trip-summary", "figures")


def test_a_book_is_left_while_a_page_is_being_filled(app: QApplication, tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        session, path = made.program.session, made.sample.path
        for name in PLACES:
            SCENES[name](Hasty.at(made))
            session.leave_wanted.emit()
            made.until(lambda: not session.has_book)
            made.rest()
            assert not made.trouble, name
            made.program.open(path)
            made.until(lambda: session.has_book)
        books.close_book(made.empty)

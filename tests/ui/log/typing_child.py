"""Types into the log form while something slow is being written, and dies as soon as what was typed is in the book."""

import os
import signal
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from crm_app.services import drafts
from crm_app.services.book import Book, open_book
from crm_app.settings import Settings
from crm_app.ui.crash import CrashHook
from crm_app.ui.log import open_log
from crm_app.ui.session import Session
from crm_app.ui.words import Words
from tests.ui.kit import enter

TYPED = "正在登记的示例公司"


def _die_once_it_is_kept(book: Book) -> None:
    if drafts.keys(book):
        os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path) -> None:
    """Run until killed."""
    app = QApplication([])
    session = Session(Settings(folder / "settings.json"), CrashHook(folder), Words(app))
    book = open_book(folder / "book.crm")
    session.attach(book)
    window = QWidget()
    window.show()
    dialog = open_log(session, window)
    session.background.write("A paper of an hour", lambda _progress: threading.Event().wait())
    enter(dialog.enterprise, TYPED)
    look = QTimer(window, interval=50)
    look.timeout.connect(lambda: _die_once_it_is_kept(book))
    look.start()
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

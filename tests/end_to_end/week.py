"""One promoter's week under way: the window on a real book, and the two hands that drive it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from crm_app import clock, paths
from crm_app.domain.papers import PaperKind
from crm_app.i18n import _
from crm_app.settings import Settings
from crm_app.ui.main_window import MainWindow
from crm_app.ui.page import Page
from crm_app.ui.papers.page import PapersPage
from crm_app.ui.papers.work import Shown
from crm_app.ui.security.recovery import RecoveryDialog
from crm_app.ui.start import Program
from tests.end_to_end.hands import Hands

WEDNESDAY = date(2024, 3, 13)
P = TypeVar("P", bound=Page)


class Week:
    """The program from its first start on; ``folder`` is where papers are saved."""

    def __init__(self, app: QApplication, qtbot: QtBot, folder: Path) -> None:
        clock.pin_today(WEDNESDAY)
        settings = Settings(folder / "settings.json")
        settings.language, settings.look = "zh_CN", "light"
        self.folder = folder
        self.book_path = paths.default_book()
        self.hands = Hands(qtbot)
        self.program = Program(app, settings)
        self._ended = False
        self.trouble: list[str] = []
        self.program.session.trouble.connect(self.trouble.append)
        self.window.resize(1366, 768)

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return self.program.window

    def page(self, kind: type[P]) -> P:
        """Return the page on top, which is of this kind."""
        page = self.window.page
        assert isinstance(page, kind), page
        return page

    def wait_for(self, holds: Callable[[], object]) -> None:
        """Wait until something shows and nothing is being written; no sentence of the error bar is passed over."""
        self.hands.until(lambda: self.trouble or (holds() and not self.program.session.background.writing))
        assert not self.trouble

    def on_password(self) -> None:
        """Wait until an empty field for a password has the keyboard."""

        def ready() -> bool:
            field = QApplication.focusWidget()
            hidden = isinstance(field, QLineEdit) and field.echoMode() is QLineEdit.EchoMode.Password
            return hidden and not field.text()

        self.hands.until(ready)

    def on_recovery_key(self) -> None:
        """Wait for the recovery key, and walk to the tick that it is written down."""

        def shown() -> list[RecoveryDialog]:
            tops = QApplication.topLevelWidgets()
            return [one for one in tops if isinstance(one, RecoveryDialog) and one.isVisible()]

        self.hands.until(shown)
        # What a window manager does for a dialog that opens by itself.
        shown()[0].activateWindow()
        self.hands.until(lambda: shown()[0].isActiveWindow() and QApplication.focusWidget())
        while not isinstance(self.hands.focus, QCheckBox):
            self.hands.press("Tab")

    def shown(self, kind: PaperKind, *, after: Shown | None = None) -> Shown:
        """Wait until a paper of a kind is on screen and can be saved; ``after`` is the one shown before it."""

        def ready() -> bool:
            page = self.window.page
            if not isinstance(page, PapersPage) or page.shown is None or page.shown is after:
                return False
            saves = (action for action in page.view.actions() if action.objectName() == "save_pdf")
            return page.shown.kind is kind and all(action.isEnabled() for action in saves)

        self.wait_for(ready)
        shown = self.page(PapersPage).shown
        assert shown is not None
        return shown

    def save_paper(self, kind: PaperKind, name: str) -> Path:
        """Save the paper on screen with Ctrl+S and its path; it is the bytes that are shown."""
        path = self.folder / f"{name}.pdf"
        shown = self.shown(kind)
        self.hands.walk_to(_("Preview"))
        self.hands.save_file("Ctrl+S", str(path))
        self.wait_for(path.exists)
        assert path.read_bytes() == shown.pdf
        return path

    def end(self) -> None:
        """Close the window and the book; once is enough."""
        if not self._ended:
            self._ended = True
            self.window.close()
            self.program.end()
            # The application outlives this program: its buttons speak English to the next test.
            self.program.words.use("en")

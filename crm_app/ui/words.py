"""Qt's own words (buttons, file dialogs, menus of text fields) switch with the program's; what a book is called."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from crm_app import i18n, paths
from crm_app.i18n import _


class Words:
    """The language in use; one for the application's whole life."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._translator: QTranslator | None = None

    def use(self, language: str) -> None:
        """Switch the program's and Qt's words to ``zh_CN`` or ``en``; widgets already built keep theirs."""
        i18n.set_language(language)
        QLocale.setDefault(QLocale(language))
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
        if language == "en":
            return
        translator = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{language}", folder):
            self._app.installTranslator(translator)
            self._translator = translator


def book_name(path: Path) -> str:
    """Return what a book is called on the screen and on paper: its file's name, or the program's for the usual one."""
    return _("Outreach CRM") if path.stem == paths.USUAL_BOOK else path.stem

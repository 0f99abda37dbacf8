"""Qt's own words (buttons, file dialogs, menus of text fields) switch with the program's; what a book is called."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from crm_app import i18n, paths
from crm_app.i18n import N_, _

_LACKING = {
    "QFileDialog": (N_("&Look in:"), N_("Files of &type:")),
    "QAbstractFileIconProvider": (N_("Folder"), N_("File"), N_("%1 File"), N_("Drive")),
}
"""What Qt's own catalogue has no Chinese for, by its context: the file dialog of systems that bring none."""


class _Lacking(QTranslator):
    """Says what Qt's own catalogue leaves out."""

    def isEmpty(self) -> bool:
        """Be asked."""
        return False

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Return the words of the program's catalogue; empty for all that is not lacking."""
        return _(sourceText) if sourceText in _LACKING.get(context, ()) else ""


class Words:
    """The language in use; one for the application's whole life."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._translators: list[QTranslator] = []

    def use(self, language: str) -> None:
        """Switch the program's and Qt's words to ``zh_CN`` or ``en``; widgets already built keep theirs."""
        i18n.set_language(language)
        QLocale.setDefault(QLocale(language))
        for one in self._translators:
            self._app.removeTranslator(one)
        self._translators = []
        if language == "en":
            return
        qts_own = QTranslator(self._app)
        qts_own.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        # The one installed last is asked first.
        self._translators = [_Lacking(self._app), qts_own]
        for one in self._translators:
            self._app.installTranslator(one)


def book_name(path: Path) -> str:
    """Return what a book is called on the screen and on paper: its file's name, or the program's for the usual one."""
    return _("Outreach CRM") if path.stem == paths.USUAL_BOOK else path.stem

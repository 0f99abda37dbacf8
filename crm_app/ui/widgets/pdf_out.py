"""What is done with a shown document: printed, saved as it is, written for Word; each is noted before it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from crm_app.domain.access import Act
from crm_app.i18n import _
from crm_app.paths import file_name
from crm_app.ui.background import Progress
from crm_app.ui.session import Session
from crm_app.ui.widgets.ask_file import ask_where
from crm_app.ui.widgets.print_dialog import PrintDialog, known_printers
from crm_app.ui.widgets.printing import Printing, Sides, print_pdf, save_bytes

PAPERS_FOLDER = "pdf_folder"
"""The setting that remembers where papers were saved last."""
Note = Callable[[Act], None]
"""Notes that a document is handed out, and how."""
Written = Callable[[], bytes]
"""Writes what is shown as a Word document, beside the window."""


@dataclass(frozen=True)
class Handed:
    """A document as it is handed out: its title, the ``name`` its file is offered, and how that is noted.

    ``note`` is called beside the window, before it is printed or taken out. ``both_sides``: it is laid out for that.
    """

    title: str
    note: Note
    word: Written | None = None
    name: str = ""
    both_sides: bool = False

    def file(self, ending: str) -> str:
        """Return the file name offered."""
        return file_name(self.name or self.title, ending)


class PdfOut(QObject):
    """The hands of a preview; ``saved`` carries the file that was written."""

    saved = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._view = session, parent
        self._content = b""
        self._handed: Handed | None = None
        self.count = 0

    def take(self, content: bytes, handed: Handed | None) -> None:
        """Hand out this document from now on."""
        self._content, self._handed = content, handed

    @property
    def handed(self) -> Handed:
        """What is shown."""
        assert self._handed is not None, "what is handed out is shown"
        return self._handed

    @property
    def has_word(self) -> bool:
        """Whether what is shown can be had for Word."""
        return self._handed is not None and self._handed.word is not None

    def print(self) -> None:
        """Ask for a printer and print in the background."""
        sides = Sides.LONG if self.handed.both_sides else Sides.ONE
        asked = Printing(self.handed.title, sides=sides)
        dialog = PrintDialog(self._view, self._session.settings, known_printers(), asked, self.count)
        dialog.chosen.connect(self.print_on)
        dialog.pdf_wanted.connect(self.save)
        dialog.open()

    def print_on(self, printer: str | QPrinter, asked: Printing) -> None:
        """Print in the background, on a printer of the system by its name or on one made ready."""
        content, note = self._content, self.handed.note

        def work(progress: Progress) -> None:
            note(Act.PRINT)
            print_pdf(content, printer, asked, progress)

        said = _("Sent to the printer: {title}").format(title=asked.title)
        self._session.background.write(
            _("Printing {name}").format(name=asked.title), work, lambda _none: self._session.say(said), owner=self
        )

    def save(self) -> None:
        """Ask for a file and save the document's own bytes."""
        self._ask(_("Save as PDF"), ".pdf", "PDF (*.pdf)", self.save_to)

    def save_word(self) -> None:
        """Ask for a file and write the document for Word."""
        self._ask(_("Save for Word"), ".docx", "Word (*.docx)", self.save_word_to)

    def _ask(self, title: str, ending: str, kind: str, take: Callable[[Path], object]) -> None:
        name = self.handed.file(ending)
        ask_where(self._session, self._view, title, name, kind, take, folder=PAPERS_FOLDER)

    def save_to(self, path: Path) -> None:
        """Save the document's bytes in a file, whole or not at all."""
        content = self._content
        self._save(path, lambda: content)

    def save_word_to(self, path: Path) -> None:
        """Write the document for Word into a file, whole or not at all."""
        assert self.handed.word is not None, "what is shown can be had for Word"
        self._save(path, self.handed.word)

    def _save(self, path: Path, make: Written) -> None:
        note = self.handed.note

        def work(_progress: Progress) -> Path:
            made = make()
            note(Act.EXPORT)
            return save_bytes(made, path)

        def told(saved: Path) -> None:
            self._session.say(_("Saved as {path}").format(path=saved))
            self.saved.emit(saved)

        self._session.background.write(_("Saving {name}").format(name=path.name), work, told, owner=self)

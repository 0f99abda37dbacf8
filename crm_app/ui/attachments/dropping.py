"""Files dropped on a record, on its page or its row in a list: kept with it; a ledger may be imported instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_app.domain.attachments import OWNERS
from crm_app.errors import BadInput
from crm_app.i18n import _, ngettext
from crm_app.services import attachments, enterprises
from crm_app.services.attachments import Given
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import theme
from crm_app.ui.attachments.pixels import picture_in
from crm_app.ui.background import Progress
from crm_app.ui.session import Session
from crm_app.ui.widgets import copying
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.file_drop import LEDGERS, FileDrop, Told, named, paths_in
from crm_app.ui.widgets.fitting import fit_height
from crm_app.ui.widgets.lines import plain


@dataclass(frozen=True)
class Target:
    """The record files are kept with, by its table; ``place`` is the part of the widget that stands for it."""

    table: str
    record: UUID
    title: str
    place: QRect | None = None


Find = Callable[[QPoint], Target | None]


def keep(session: Session, target: Target, given: Sequence[Given]) -> None:
    """Keep files with a record in one step; what cannot be kept is told with its reason, the rest is kept.

    Those of a contact or a lead are kept with its enterprise.
    """
    refused: list[str] = []

    def work(book: Book, progress: Progress) -> Outcome[list[UUID]]:
        kept, reasons = attachments.sort_out(given)
        if not kept:
            raise BadInput(" ".join(reasons))
        refused.extend(reasons)
        return attachments.attach(book, kept, progress=progress.report, **_owner(book, target))

    def told(_made: list[UUID]) -> None:
        if refused:
            session.trouble.emit(not_attached(refused))

    label = ngettext("Attaching {n} file", "Attaching {n} files", len(given)).format(n=len(given))
    session.write(label, work, told)


def not_attached(reasons: Sequence[str]) -> str:
    """Say what was not kept, and why."""
    return _("Not attached: {reasons}").format(reasons=" ".join(reasons))


def paste(session: Session, window: QWidget, target: Target) -> bool:
    """Keep the files or the picture of the clipboard with a record; False where it holds none."""
    held = copying.held()
    files = paths_in(held)
    if files:
        take(session, window, target, files)
        return True
    found = picture_in(held, target.title)
    if found is not None:
        keep(session, target, [found])
    return found is not None


def _owner(book: Book, target: Target) -> dict[str, UUID]:
    if target.table in OWNERS:
        return {f"{target.table}_id": target.record}
    enterprise = enterprises.enterprise_of(book, target.record)
    if enterprise is None:
        raise BadInput(_("This record belongs to no enterprise that the files could be kept with."))
    return {"enterprise_id": enterprise}


def take(session: Session, window: QWidget, target: Target, paths: Sequence[Path]) -> None:
    """Keep dropped files with a record; where a ledger is among them, ask once whether to import instead."""
    if any(_is_ledger(path) for path in paths):
        AskWhich(session, window, target, paths).open()
    else:
        keep(session, target, [Given.file(path) for path in paths])


def _is_ledger(path: Path) -> bool:
    """Say whether a file may be meant to be imported; a plain text on a record is a note."""
    return path.suffix.lower() in LEDGERS and path.suffix.lower() != ".txt"


class AskWhich(QDialog):
    """Asks of a ledger that was dropped on a record whether to keep it there or to import its rows."""

    def __init__(self, session: Session, parent: QWidget, target: Target, paths: Sequence[Path]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Attach or import?"))
        self.setFixedWidth(theme.px(440))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        layout.setSpacing(theme.S)
        layout.addWidget(plain(named(paths), "strong"))
        words = _("This can be kept with “{title}” as it is, or its rows be imported into the book.")
        layout.addWidget(plain(words.format(title=target.title)))
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        given = [Given.file(path) for path in paths]
        self.importing = self._button(_("Import the rows…"), lambda: session.import_wanted.emit(list(paths)))
        self.attaching = self._button(_("Attach"), lambda: keep(session, target, given))
        self.attaching.setProperty("role", "primary")
        row.addWidget(self.importing)
        row.addWidget(self.attaching)
        layout.addLayout(row)
        fit_height(self)
        self.attaching.setFocus()

    def _button(self, words: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)

        def chosen() -> None:
            self.accept()
            run()

        button.clicked.connect(lambda _checked=False: chosen())
        return button


def drop_on_page(session: Session, page: QWidget, find: Find) -> FileDrop:
    """Let files be dropped anywhere on the page of a record."""

    def told(paths: Sequence[Path], spot: QPoint) -> Told | None:
        target = find(spot)
        return Told(_words(target, paths), target.place) if target is not None else None

    def dropped(paths: Sequence[Path], spot: QPoint) -> None:
        target = find(spot)
        if target is not None:
            take(session, page.window(), target, paths)

    return FileDrop(page, dropped, told)


def drop_on_rows(session: Session, rows: DataList, table: str, *, named_by: int = 1, owner: str = "") -> FileDrop:
    """Let files be dropped on the rows of a list; beside the rows they are imported as anywhere in the window.

    A row is named by what stands in its first ``named_by`` columns, or by its value of ``owner``.
    """
    view = rows.table

    def find(spot: QPoint) -> Target | None:
        index = view.indexAt(spot)
        row = rows.model.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        cells = (rows.model.data(rows.model.index(index.row(), column)) for column in range(rows.model.columnCount()))
        title = str(row.values.get(owner) or "") or " ".join([str(cell) for cell in cells if cell][:named_by])
        place = view.visualRect(rows.model.index(index.row(), 0))
        place.setRight(view.viewport().width())
        place.setLeft(0)
        return Target(table, row.id, title, place)

    return drop_on_page(session, view.viewport(), find)


def _words(target: Target, paths: Sequence[Path]) -> str:
    n = len(paths)
    if any(_is_ledger(path) for path in paths):
        return _("Attach to “{title}”, or import: you are asked").format(title=target.title)
    words = ngettext("Attach {n} file to “{title}”", "Attach {n} files to “{title}”", n)
    return words.format(n=n, title=target.title)

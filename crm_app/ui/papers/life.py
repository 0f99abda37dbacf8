"""What a paper's life asks of the place: its buttons, and the dialogs that open from it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from crm_app.domain.papers import IssuedPaper, PaperKind, PaperState
from crm_app.i18n import _
from crm_app.services import papers
from crm_app.services.papers import Place
from crm_app.ui import theme
from crm_app.ui.papers.reconcile import ReconcileDialog
from crm_app.ui.papers.template import TemplateDialog, has_template
from crm_app.ui.papers.texts import TextsDialog
from crm_app.ui.papers.work import Shown
from crm_app.ui.session import Location, Session
from crm_app.ui.where import show_row


def reconcile_again(session: Session, window: QWidget, known: IssuedPaper) -> ReconcileDialog:
    """Look a kept paper through, without its pages beside it."""
    asked = papers.asked_of(known)
    dialog = ReconcileDialog(session, window, known.title, PaperKind(known.kind), asked, known.id)
    dialog.row_wanted.connect(lambda row: show_row(session, row, window))
    return dialog


def texts_again(session: Session, window: QWidget, known: IssuedPaper) -> TextsDialog:
    """Change the texts of a kept paper, without its pages beside it."""
    return TextsDialog(session, window, known.title, known.id)


class Life(QObject):
    """Reconcile, change texts by hand, arrange the template; ``buttons`` stand in the column beside the preview."""

    changed = Signal(object)
    """A kept paper is to be shown again; its id."""
    template_changed = Signal()
    row_wanted = Signal(object)
    words_wanted = Signal()

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self._shown: Shown | None = None
        self.reconcile = self._button(_("Reconcile…"), self.open_reconcile, "circle-check")
        self.texts = self._button(_("Texts…"), self.open_texts, "pencil")
        self.template = self._button(_("Template…"), self.open_template, "note")
        self.buttons = (self.reconcile, self.texts, self.template)

    def _button(self, text: str, run: Callable[[], object], icon: str) -> QPushButton:
        button = QPushButton(text, self._page)
        theme.put_icon(button, icon)
        button.clicked.connect(lambda _checked=False: run())
        button.hide()
        return button

    def show_paper(self, shown: Shown) -> None:
        """Offer what can be done with the paper on screen."""
        self._shown = shown
        under_way = shown.state is not PaperState.FINAL
        self.reconcile.setVisible(under_way)
        self.texts.setVisible(under_way and shown.kept is not None)
        self.template.setVisible(under_way and has_template(shown.kind))

    def open_reconcile(self) -> ReconcileDialog | None:
        """Look the paper through."""
        shown = self._shown
        if shown is None:
            return None
        kept = shown.kept.id if shown.kept else None
        dialog = ReconcileDialog(self._session, self._page.window(), shown.paper.title, shown.kind, shown.asked, kept)
        dialog.kept.connect(self.changed)
        dialog.issued.connect(self.changed)
        dialog.row_wanted.connect(self.row_wanted)
        dialog.field_wanted.connect(lambda where: self._fill_from(dialog, where))
        return dialog

    def _fill_from(self, dialog: ReconcileDialog, where: str) -> None:
        dialog.reject()
        if not self.fill(where) and dialog.paper is not None:
            self._open_texts(dialog.paper, dialog.windowTitle())

    def fill(self, where: str) -> bool:
        """Lead to the field that fills a gap; False where that is no field but a text of the paper."""
        if where.startswith("words."):
            self.words_wanted.emit()
        elif where.startswith("setting."):
            self._session.wanted.emit(Location("settings", view="general"))
        else:
            return False
        return True

    def open_texts(self, at: Place | None = None) -> TextsDialog | None:
        """Change the texts of the kept draft by hand, beginning at one of them."""
        shown = self._shown
        return self._open_texts(shown.kept.id, shown.paper.title, at) if shown is not None and shown.kept else None

    def _open_texts(self, paper: UUID, title: str, at: Place | None = None) -> TextsDialog:
        dialog = TextsDialog(self._session, self._page.window(), title, paper, at)
        dialog.changed.connect(lambda: self.changed.emit(paper))
        return dialog

    def open_template(self) -> TemplateDialog | None:
        """Arrange the sections of this kind of paper."""
        shown = self._shown
        if shown is None:
            return None
        dialog = TemplateDialog(self._session, self._page.window(), shown.kind, shown.asked)
        dialog.saved.connect(lambda _kind: self.template_changed.emit())
        return dialog

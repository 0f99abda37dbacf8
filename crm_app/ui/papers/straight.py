"""A paper as a file without a look at it first: what it lacks is told on its record's page."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.domain.papers import PAPER_KIND_LABELS, PaperKind
from crm_app.i18n import _
from crm_app.services.papers import Asked
from crm_app.ui.papers.work import Shown, compose, handed
from crm_app.ui.session import Session
from crm_app.ui.widgets.pdf_out import PdfOut


def save_straight(session: Session, page: QWidget, kind: PaperKind, record: UUID) -> None:
    """Compose the paper of a record beside the window, then ask where its PDF shall be."""
    book, asked = session.book, Asked(ids=(record,))

    def ask(shown: Shown) -> None:
        out = PdfOut(session, page)
        out.take(shown.pdf, handed(book, shown))
        out.save()

    label = _("Composing: {kind}").format(kind=_(PAPER_KIND_LABELS[kind]))
    session.background.write(label, lambda progress: compose(book, kind, asked, progress), ask, owner=page)

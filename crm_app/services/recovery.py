"""The printed sheet with a book's recovery key."""

from __future__ import annotations

from datetime import date

from crm_app.briefs import pdf
from crm_app.briefs.recovery import RecoveryData, compose
from crm_app.domain.papers import PaperState


def sheet(book_name: str, recovery_key: str, day: date) -> bytes:
    """Return the sheet as a PDF; it is made in memory and leaves no file behind."""
    return pdf.render(compose(RecoveryData(book=book_name, key=recovery_key, day=day)), state=PaperState.FINAL)

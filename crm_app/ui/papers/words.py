"""The bulletin's own words (文字): what no row can say, typed once and carried to the next issue."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_app.domain.fields import Field
from crm_app.domain.kinds import Choice, Text, Whole
from crm_app.i18n import N_, _
from crm_app.services import papers
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.services.papers import BulletinWords
from crm_app.ui.session import Session
from crm_app.ui.widgets.form_dialog import FormDialog, opened

_MOST_COPIES = 100_000
_FIELDS = (
    Field("name", N_("Name in the red head"), Text()),
    Field("issue", N_("Issue number, as the office gave it"), Text()),
    Field("cluster", N_("Cluster told up to today"), Choice("cluster")),
    Field("copies", N_("Copies"), Whole(low=1, high=_MOST_COPIES)),
    Field("judgement", N_("Judgements, one a line"), Text(lines=2)),
    Field("basis", N_("Their bases, line by line"), Text(lines=2)),
    Field("problems", N_("Problems that remain, one a line"), Text(lines=3)),
    Field("plans", N_("Next steps, one a line"), Text(lines=4)),
    Field("report_to", N_("Reported to"), Text()),
    Field("send_to", N_("Sent to"), Text()),
    Field("issue_to", N_("Issued to"), Text()),
)


def open_words(session: Session, parent: QWidget, words: BulletinWords) -> FormDialog:
    """Open the form with the words as they stand; ``saved`` follows their change."""

    def save(book: Book, changed: dict[str, Any]) -> Outcome[Any]:
        return papers.change_bulletin_words(book, replace(words, **{name: _kept(name, changed) for name in changed}))

    before = {name: value or None for name, value in asdict(words).items()}
    title = _("Words of the bulletin")
    dialog = FormDialog(session, parent, title, _FIELDS, save, draft="bulletin_words", before=before, columns=2)
    return opened(dialog)


def _kept(name: str, changed: dict[str, Any]) -> Any:
    """Return a field's new value; an emptied text is kept as nothing said, not as None."""
    return changed[name] if name == "copies" else changed[name] or ""

"""Drafts as Today lists them: in words, and, where no form can take one up any more, as text to be copied."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.i18n import N_, _
from crm_app.services.drafts import Waiting
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.text_field import TextArea

FORMS = {
    "log": N_("A lead not saved yet"),
    "enterprise": N_("Facts of an enterprise"),
    "fact": N_("A fact of an enterprise"),
    "ask": N_("What an enterprise asks"),
    "promise": N_("A promise"),
    "name": N_("Another name"),
    "honour": N_("An honour"),
    "contact": N_("A contact"),
    "next_step": N_("A next step"),
    "step": N_("A next step"),
    "follow_up": N_("A follow-up"),
    "postpone": N_("Another day for a next step"),
    "visit": N_("A visit"),
    "reception": N_("A reception"),
    "trip": N_("A trip"),
    "copy": N_("A copy of a trip"),
    "itinerary": N_("Schedule of a trip"),
    "members": N_("Members of a trip"),
    "evening": N_("Evening table"),
    "conclusion": N_("Conclusions of a trip"),
    "project": N_("Facts of a project"),
    "stage": N_("Move of a project"),
    "signing": N_("A signing"),
    "count": N_("Counting of a signing"),
    "investors": N_("Investors of a project"),
    "park": N_("Park of a project"),
    "milestone": N_("A milestone"),
    "fund": N_("Funds in place"),
    "need": N_("A need"),
    "make_project": N_("A project of a lead"),
    "judgement": N_("Judgement of a lead"),
    "entry": N_("An entry of a list"),
    "person": N_("A colleague"),
    "target": N_("A target"),
    "forecast": N_("A forecast"),
    "ranking": N_("A ranking"),
    "event": N_("An event"),
    "packaged": N_("A packaged project"),
    "set": N_("A set of projects"),
    "annual": N_("A yearly result"),
    "result": N_("A yearly result"),
    "calendar_day": N_("Holidays"),
    "settings": N_("Settings"),
    "paper_words": N_("Words of the papers"),
    "cards": N_("Business cards"),
    "notice": N_("Ranking notice"),
    "reason": N_("Reason for leaving it so"),
    "paper_text": N_("Text of a paper"),
    "paper_template": N_("Template of a paper"),
}
"""What stands before the first colon of a draft's key: the form it was typed in."""

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\|?")
_LINES = 8


def in_words(one: Waiting) -> str:
    """Return what a draft is: its form, and the record it was typed for."""
    form = _(FORMS[one.form]) if one.form in FORMS else _("Something typed")
    title = one.title
    if one.gone:
        title = _("{title} (deleted)").format(title=title) if title else _("no longer there")
    return _("{form}: {title}").format(form=form, title=title) if title else form


def readable(one: Waiting) -> str:
    """Return every text of a draft, a paragraph each, without the ids beside them."""
    texts = (_ID.sub("", text).strip() for text in one.values.values())
    return "\n\n".join(text for text in texts if text)


class WaitingText(QDialog):
    """The texts of a draft, to be copied or thrown away."""

    def __init__(self, session: Session, parent: QWidget, one: Waiting, then: Callable[[], object]) -> None:
        super().__init__(parent)
        self._session, self._one, self._then = session, one, then
        self.setWindowTitle(_("Draft"))
        self.setMinimumWidth(theme.px(480))
        self.finished.connect(self.deleteLater)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        layout.setSpacing(theme.S)
        told = QLabel(in_words(one), self)
        told.setProperty("role", "strong")
        told.setWordWrap(True)
        layout.addWidget(told)
        if one.gone:
            why = QLabel(_("The record it was typed for is no longer there. Copy what you still need."), self)
            why.setProperty("role", "muted")
            why.setWordWrap(True)
            layout.addWidget(why)
        self.text = TextArea(self, lines=_LINES, label=_("Draft"))
        self.text.setPlainText(readable(one))
        self.text.setReadOnly(True)
        layout.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.throw = QPushButton(_("Throw it away"), self)
        self.throw.setProperty("role", "quiet")
        self.throw.clicked.connect(lambda _checked=False: self._throw_away())
        self.copy = QPushButton(_("Copy the text"), self)
        theme.put_icon(self.copy, "files")
        self.copy.clicked.connect(lambda _checked=False: self._copy())
        close = QPushButton(_("Close"), self)
        close.clicked.connect(lambda _checked=False: self.reject())
        row.addWidget(self.throw)
        row.addStretch(1)
        for button in (self.copy, close):
            row.addWidget(button)
        for button in (self.throw, self.copy, close):
            button.setAutoDefault(False)
        layout.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._session.say(_("Copied"))

    def _throw_away(self) -> None:
        self._session.throw_away(self._one.key)
        self.accept()
        self._then()

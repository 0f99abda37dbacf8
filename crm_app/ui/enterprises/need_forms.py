"""The forms of what an enterprise asks and of what we promise it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app import clock
from crm_app.domain.fields import Field, When
from crm_app.domain.projects import OTHER_NEED, Need
from crm_app.i18n import N_, _
from crm_app.services import projects
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui.session import Session
from crm_app.ui.widgets.form_dialog import FormDialog, opened

_ASKED = ("kind", "text", "quantity", "measure", "dept", "due")
_ALL = ("kind", "text", "quantity", "measure", "dept", "due", "promised_on", "solved_on")


def open_new(session: Session, parent: QWidget, enterprise: UUID, *, promise: bool) -> FormDialog:
    """Open the form for a new one."""

    def save(book: Book, values: dict[str, Any]) -> Outcome[UUID]:
        promised = {"promised_on": clock.today()} if promise else {}
        return projects.add_need(book, **{"kind": OTHER_NEED} | values | promised, enterprise_id=enterprise)

    fields = _promise_fields() if promise else [Need.field(name) for name in _ASKED]
    title = _("Add a promise") if promise else _("Add what they ask")
    draft = f"{'promise' if promise else 'ask'}:{enterprise}"
    return opened(FormDialog(session, parent, title, fields, save, draft=draft, columns=2))


def open_promise_of(session: Session, parent: QWidget, need: Need) -> FormDialog:
    """Promise what they asked: by which department, until when."""

    def save(book: Book, values: dict[str, Any]) -> Outcome[None]:
        return projects.change_need(book, need.id, **values)

    fields = [Need.field("text"), Need.field("dept"), _needed("due"), _needed("promised_on")]
    before = {"text": need.text, "dept": need.dept, "due": need.due, "promised_on": None}
    dialog = FormDialog(session, parent, _("Promise it"), fields, save, draft=f"promise:{need.id}", before=before)
    if not dialog.form.editors["promised_on"].typed():
        dialog.form.editors["promised_on"].set_value(clock.today())
    return opened(dialog)


def open_need(session: Session, parent: QWidget, need: Need) -> FormDialog:
    """Open the form of what was asked or promised."""

    def save(book: Book, values: dict[str, Any]) -> Outcome[None]:
        return projects.change_need(book, need.id, **values)

    dialog = FormDialog(
        session,
        parent,
        _("Change a promise") if need.promised_on else _("Change a need"),
        [Need.field(name) for name in _ALL],
        save,
        draft=f"ask:{need.id}",
        before={name: getattr(need, name) for name in _ALL},
        columns=2,
    )
    return opened(dialog)


def _promise_fields() -> list[Field]:
    text = replace(Need.field("text"), label=N_("What is promised"), required=When.CREATE)
    return [text, Need.field("dept"), _needed("due"), replace(Need.field("kind"), required=None)]


def _needed(name: str) -> Field:
    return replace(Need.field(name), required=When.CREATE)

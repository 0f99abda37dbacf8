"""The dialogs of an enterprise: itself, another name, a contact, an honour, a next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QWidget

from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise, EnterpriseName, Label, NameKind
from crm_app.domain.fields import Field, Record, values_of
from crm_app.domain.targets import Annual
from crm_app.i18n import _
from crm_app.services import enterprises, targets
from crm_app.services.book import Book
from crm_app.services.enterprises import ContactAt
from crm_app.services.outcome import Outcome
from crm_app.ui.enterprises.erasing import open_erasing
from crm_app.ui.records.menu import RecordMenu, Target
from crm_app.ui.session import Session
from crm_app.ui.widgets.form_dialog import FormDialog, opened


def fields_of(record: type[Record], *leave_out: str) -> list[Field]:
    """Return the fields a person fills in: all that are declared but the derived ones."""
    return [field for field in record.fields if not field.derived and field.name not in leave_out]


def open_edit(session: Session, parent: QWidget, enterprise: Enterprise, parent_name: str = "") -> FormDialog:
    """Open the form with every fact of an enterprise."""
    known = enterprise.id

    def save(book: Book, values: dict[str, Any]) -> Outcome[None]:
        return enterprises.change_enterprise(book, known, **values)

    dialog = FormDialog(
        session,
        parent,
        _("Edit the enterprise"),
        fields_of(Enterprise),
        save,
        draft=f"enterprise:{known}",
        before=values_of(enterprise),
        titles={"parent_id": parent_name},
        columns=2,
        headings=True,
    )
    return opened(dialog)


def open_name(session: Session, parent: QWidget, enterprise: UUID) -> FormDialog:
    """Open the form for another name."""

    def save(book: Book, values: dict[str, Any]) -> Outcome[UUID]:
        return enterprises.add_name(book, enterprise, values["name"], values["kind"])

    fields = [EnterpriseName.field("name"), EnterpriseName.field("kind")]
    dialog = FormDialog(session, parent, _("Add another name"), fields, save, draft=f"name:{enterprise}")
    dialog.form.editors["kind"].set_value(NameKind.ALIAS)
    return opened(dialog)


def open_result(session: Session, parent: QWidget, enterprise: UUID, known: Annual | None = None) -> FormDialog:
    """Open the form with every field of a yearly result, a new one or one to change."""

    def save(book: Book, values: dict[str, Any]) -> Outcome[Any]:
        if known is None:
            return targets.add_annual(book, enterprise, **values)
        return targets.change_annual(book, known.id, **values)

    title = _("Enter a yearly result") if known is None else _("Change a yearly result")
    return opened(
        _of_enterprise(session, parent, title, Annual, known, save, draft=f"result:{_key(known, enterprise)}")
    )


def _key(known: Record | None, enterprise: UUID) -> UUID:
    return known.id if known is not None else enterprise


def _of_enterprise(
    session: Session,
    parent: QWidget,
    title: str,
    record_type: type[Record],
    known: Record | None,
    save: Callable[[Book, dict[str, Any]], Outcome[Any]],
    *,
    draft: str,
) -> FormDialog:
    """Return a form with every field of something of an enterprise, a new one or one to change."""
    fields = fields_of(record_type, "enterprise_id")
    before = values_of(known) if known is not None else None
    return FormDialog(session, parent, title, fields, save, draft=draft, before=before, columns=2)


def open_honour(session: Session, parent: QWidget, enterprise: UUID, label: Label | None = None) -> FormDialog:
    """Open the form for an honour, a new one or one to change."""

    def save(book: Book, values: dict[str, Any]) -> Outcome[Any]:
        if label is None:
            return enterprises.add_label(book, enterprise, **values)
        return enterprises.change_label(book, label.id, **values)

    title = _("Add an honour") if label is None else _("Change an honour")
    dialog = _of_enterprise(session, parent, title, Label, label, save, draft=f"honour:{_key(label, enterprise)}")
    if label is not None:
        _offer(dialog, session, _("Remove"), lambda book: enterprises.remove(book, label))
    return opened(dialog)


def open_contact(session: Session, parent: QWidget, enterprise: UUID, known: ContactAt | None = None) -> FormDialog:
    """Open the form for a contact with the post; another title closes the post and opens a new one."""

    def save(book: Book, values: dict[str, Any]) -> Outcome[Any]:
        if known is None:
            return enterprises.add_contact(book, enterprise, **values)
        return enterprises.change_contact_at(book, known.position.id, **values)

    fields = fields_of(Contact)
    fields.insert(1, Position.field("title"))
    before = values_of(known.contact) | {"title": known.position.title} if known else None
    dialog = FormDialog(
        session,
        parent,
        _("Add a contact") if known is None else _("Change a contact"),
        fields,
        save,
        draft=f"contact:{known.contact.id if known else enterprise}",
        before=before,
        columns=2,
    )
    if known is not None:
        _offer(dialog, session, _("Has left this post"), lambda book: enterprises.end_post(book, known.position.id))
        _offer_erasing(dialog, session, parent, known.contact.id)
        target = Target("contact", known.contact.id, known.contact.name)
        menu = RecordMenu(session, dialog, lambda: target, lambda: dialog.finish(None))
        dialog.buttons.insertWidget(0, menu)
    return opened(dialog)


def _offer_erasing(dialog: FormDialog, session: Session, parent: QWidget, contact: UUID) -> None:
    """Add the way to the approved erasure; what was typed into the form is not wanted then."""
    button = QPushButton(_("Erase as approved…"), dialog)
    button.setProperty("role", "quiet")
    button.setAutoDefault(False)

    def run() -> None:
        dialog.finish(None)
        open_erasing(session, parent, contact)

    button.clicked.connect(lambda _checked=False: run())
    dialog.buttons.insertWidget(dialog.buttons.count() - 2, button)


def _offer(dialog: FormDialog, session: Session, words: str, work: Callable[[Book], Outcome[None]]) -> None:
    """Add a quiet button that does something else with the record and closes the form."""
    button = QPushButton(words, dialog)
    button.setProperty("role", "quiet")
    button.setAutoDefault(False)

    def run() -> None:
        session.write(words, lambda book, _progress: work(book), dialog.finish, owner=dialog)

    button.clicked.connect(lambda _checked=False: run())
    dialog.buttons.insertWidget(dialog.buttons.count() - 1, button)

"""Who is known at an enterprise (联系人): reached, copied, put first, and added in one line."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from crm_app.domain import phones
from crm_app.domain.contacts import Contact, Position
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services import enterprises
from crm_app.services.enterprises import ContactAt
from crm_app.ui.enterprises import forms
from crm_app.ui.enterprises.card_line import CardLine
from crm_app.ui.enterprises.reading import Shown
from crm_app.ui.enterprises.section import Section, small_button
from crm_app.ui.session import Session
from crm_app.ui.widgets.text_field import TextField

_NO_BREAK, _MAY_BREAK = "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}"


class AddPerson(CardLine):
    """Name, post and phone of somebody new."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        fields = {
            "name": TextField(placeholder=_("Name"), label=Contact.field("name").title),
            "title": TextField(placeholder=_("Post"), label=Position.field("title").title),
            "phone": TextField(placeholder=_("Phone"), label=Contact.field("phone").title),
        }
        super().__init__(session, parent, fields, _("More fields…"))

    def begin(self, enterprise: UUID) -> None:
        """Ask for somebody at an enterprise; what was typed before stands there again."""
        if self.isHidden():
            self._enterprise = enterprise
            self._open(f"contact:{enterprise}")
        self.fields["name"].setFocus()

    def _save(self) -> None:
        enterprise, typed = self._enterprise, self._typed()
        if enterprise is None or self._composing:
            return
        try:
            phone = phones.parse(typed["phone"]) if typed["phone"].strip() else None
        except BadInput as error:
            self.refuse(error)
            return
        name, title = typed["name"].strip(), typed["title"].strip() or None
        self._write(
            _("Add a contact"),
            lambda book: enterprises.add_contact(book, enterprise, title=title, name=name, phone=phone),
        )

    def _show_form(self) -> None:
        assert self._enterprise is not None
        forms.open_contact(self._session, self.window(), self._enterprise)


class ContactsCard(Section):
    """A line for each person who holds a post today, the main contact first."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(_("Contacts"), parent, add=_("Add"), run=self._add, tip=_("Add a contact"))
        self._session = session
        self._enterprise: UUID | None = None
        self.adding = AddPerson(session, self)
        self._layout.addWidget(self.adding)

    def put(self, shown: Shown) -> None:
        """Show the people of an enterprise."""
        if self._enterprise != shown.page.enterprise.id:
            self.adding.close_line(keep=True)
        self._enterprise = shown.page.enterprise.id
        with self.filled():
            for contact in shown.page.contacts:
                self.entry(_called(contact), _reached(contact), right=self._buttons(contact))
            if not shown.page.contacts:
                self.quiet(_("Nobody is known here yet."))
        self._layout.addWidget(self.adding)

    def _add(self) -> None:
        if self._enterprise is not None:
            self.adding.begin(self._enterprise)

    def _buttons(self, at: ContactAt) -> tuple[QWidget, ...]:
        name, phone = at.contact.name, at.contact.phone
        buttons: list[QWidget] = []
        if phone:
            shown = phones.show(phone)
            buttons.append(
                small_button("phone", _("Call: {phone}").format(phone=shown), partial(self._call, phone), "muted")
            )
            buttons.append(
                small_button("copy", _("Copy the number: {phone}").format(phone=shown), partial(self._copy, shown))
            )
        main = bool(at.position.main)
        words = _("Main contact: {name}") if main else _("Make the main contact: {name}")
        star = small_button(
            "star-filled" if main else "star",
            words.format(name=name),
            partial(self._star, at),
            "gap" if main else "muted",
        )
        edit = small_button(
            "pencil",
            _("Change: {name}").format(name=name),
            lambda: forms.open_contact(self._session, self.window(), at.position.enterprise_id, at),
        )
        return (*buttons, star, edit)

    def _call(self, phone: str) -> None:
        if not QDesktopServices.openUrl(QUrl("tel:" + phone.replace(" ", ""))):
            self._copy(phones.show(phone))

    def _copy(self, phone: str) -> None:
        QGuiApplication.clipboard().setText(phone)
        self._session.say(_("Copied: {phone}").format(phone=phone))

    def _star(self, at: ContactAt) -> None:
        post, main = at.position.id, not at.position.main
        self._session.write(
            _("Set the main contact"), lambda book, _progress: enterprises.set_main_contact(book, post, main)
        )


def _called(at: ContactAt) -> str:
    return "  ".join(part for part in (at.contact.name, at.position.title) if part)


def _reached(at: ContactAt) -> str:
    # A number is never broken at the end of a line.
    phone = phones.show(at.contact.phone).replace(" ", _NO_BREAK) if at.contact.phone else ""
    spoken = at.salutation if at.salutation != at.contact.name else ""
    mail = (at.contact.email or "").replace("@", "@" + _MAY_BREAK).replace(".", "." + _MAY_BREAK)
    return " · ".join(part for part in (spoken, phone, mail) if part)

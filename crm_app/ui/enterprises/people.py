"""Who is known at an enterprise (联系人): reached, copied, put first, and added in one line."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_app.domain import phones
from crm_app.domain.contacts import Contact, Position
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _
from crm_app.services import enterprises
from crm_app.services.enterprises import ContactAt
from crm_app.ui import theme
from crm_app.ui.enterprises import forms
from crm_app.ui.enterprises.reading import Shown
from crm_app.ui.enterprises.section import Section, small_button
from crm_app.ui.session import Session
from crm_app.ui.widgets.lines import Link
from crm_app.ui.widgets.text_field import TextField

_NO_BREAK, _MAY_BREAK = "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}"


class AddPerson(QWidget):
    """Name, post and phone in one line: Enter saves, Esc closes and keeps a draft, as the form of a contact does."""

    _FIELDS = ("name", "title", "phone")

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._enterprise: UUID | None = None
        self._saving: tuple[UUID, dict[str, str]] | None = None
        self.fields = {
            "name": TextField(self, placeholder=_("Name"), label=Contact.field("name").title),
            "title": TextField(self, placeholder=_("Post"), label=Position.field("title").title),
            "phone": TextField(self, placeholder=_("Phone"), label=Contact.field("phone").title),
        }
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        for field in self.fields.values():
            field.setMinimumWidth(theme.px(40))
            field.returnPressed.connect(self._save)
            field.textEdited.connect(lambda _text: self._autosave.touch())
            row.addWidget(field, 1)
        self.error = QLabel(self)
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self._more = Link(_("More fields…"), self._open_form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(row)
        column.addWidget(self.error)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def begin(self, enterprise: UUID) -> None:
        """Ask for somebody at an enterprise; what was typed before stands there again."""
        if self.isHidden():
            self._enterprise = enterprise
            self._autosave = self._session.autosave(self, f"contact:{enterprise}", self._typed)
            kept = self._autosave.restore()
            for name, field in self.fields.items():
                field.setText(kept.get(name, ""))
            self.show()
        self.fields["name"].setFocus()

    def _typed(self) -> dict[str, str]:
        return {name: field.text() for name, field in self.fields.items()} if not self.isHidden() else {}

    def _save(self) -> None:
        if any(field.composing for field in self.fields.values()) or self._enterprise is None:
            return
        enterprise, typed = self._enterprise, self._typed()
        try:
            phone = phones.parse(typed["phone"]) if typed["phone"].strip() else None
        except BadInput as error:
            self._refuse(enterprise, error)
            return
        if self._saving == (enterprise, typed):
            return
        self._saving = enterprise, typed
        name, title = typed["name"].strip(), typed["title"].strip() or None
        self._session.write(
            _("Add a contact"),
            lambda book, _progress: enterprises.add_contact(book, enterprise, title=title, name=name, phone=phone),
            lambda _made: self._saved(enterprise, typed),
            lambda error: self._refuse(enterprise, error),
            owner=self,
        )

    def _saved(self, enterprise: UUID, typed: dict[str, str]) -> None:
        """Put the line away; what was typed meanwhile, here or for another enterprise, stays."""
        self._saving = None
        if self.isHidden() or enterprise != self._enterprise:
            self._session.drafts.drop(f"contact:{enterprise}")
        elif self._typed() == typed:
            self.close_line()

    def _refuse(self, enterprise: UUID, error: CrmError) -> None:
        self._saving = None
        if self.isHidden() or enterprise != self._enterprise:
            self._session.trouble.emit(str(error))
            return
        self.error.setText(str(error))
        self.error.show()

    def close_line(self, *, keep: bool = False) -> None:
        """Put the line away."""
        if self.isHidden():
            return
        if not keep:
            self._autosave.discard()
        # What was typed for one enterprise is never kept for another.
        self._autosave.end()
        self.error.hide()
        self.hide()

    def _open_form(self) -> None:
        assert self._enterprise is not None
        self.close_line(keep=True)
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

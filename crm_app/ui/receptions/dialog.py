"""Logging a reception, and correcting one."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.i18n import _, ngettext
from crm_app.services import book as books
from crm_app.services import dictionaries, enterprises, receptions, staff
from crm_app.services.book import Book
from crm_app.ui.meetings.dialog import MeetingDialog, Writing
from crm_app.ui.receptions.form import Context, ReceptionForm
from crm_app.ui.receptions.typed import read
from crm_app.ui.session import Session

_SIZE = (960, 620)


class ReceptionDialog(MeetingDialog[ReceptionForm]):
    """The form of a new reception, for an enterprise if one is given, or of one that is in the book."""

    def __init__(
        self, session: Session, parent: QWidget, enterprise_id: UUID | None, reception_id: UUID | None
    ) -> None:
        title = _("Correct a reception") if reception_id else _("Log a reception")
        super().__init__(session, parent, title, _SIZE)
        self._reception = reception_id
        self._key = f"reception:{reception_id or enterprise_id or ''}"
        session.read(lambda book: _context(book, enterprise_id, reception_id), self._show, self.give_up, owner=self)

    def _show(self, context: Context) -> None:
        form = ReceptionForm(self._session, self, context)
        self.put_form(form, self._key)
        form.show()
        form.begin()

    def told_files(self, n: int) -> str:
        """Return what dropping so many files would do."""
        return ngettext("Keep {n} file of this reception", "Keep {n} files of this reception", n).format(n=n)

    def writing(self, form: ReceptionForm) -> Writing:
        """Return what saves the form; raise BadInput naming the field that is wrong."""
        form.hosts.settle("hosts")
        asked, known = read(form.typed()), self._reception
        if known is not None:
            return lambda book, files: receptions.change_reception(book, known, asked, files)
        return lambda book, files: receptions.receive(book, asked, files)


def _context(book: Book, enterprise_id: UUID | None, reception_id: UUID | None) -> Context:
    sheet = receptions.reception_sheet(book, reception_id) if reception_id else None
    known = enterprises.enterprise_page(book, enterprise_id).enterprise if enterprise_id else None
    ours = staff.colleagues(book)
    if sheet is not None:
        known_ids = {one.id for one in ours}
        ours += [one for one in sheet.hosts if one.id not in known_ids]
    return Context(
        ours,
        books.me(book),
        dictionaries.options(book, "park"),
        known.id if known else None,
        known.name if known else "",
        sheet,
    )


def open_reception(
    session: Session, window: QWidget, *, enterprise_id: UUID | None = None, reception_id: UUID | None = None
) -> ReceptionDialog:
    """Open the form of a new reception, or of one that is in the book."""
    dialog = ReceptionDialog(session, window, enterprise_id, reception_id)
    dialog.open()
    return dialog

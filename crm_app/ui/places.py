"""The six places, settings and help, each in a package of its own that is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.ui import late
from crm_app.ui.page import Page
from crm_app.ui.session import Session

if TYPE_CHECKING:
    from crm_app.services.book import Book
    from crm_app.ui.settings.restore import RestoreDialog

PLACES = ("today", "enterprises", "projects", "trips", "papers", "figures")
"""In the order of Ctrl+1…6."""
ENTERPRISES = "enterprises"
SETTINGS = "settings"
START = "today"
BACKUPS = "book"
"""The part of the settings where the backups are."""
NEWS, ABOUT = "news", "about"
"""The pages of the handbook that tell what is new in a version, and about the program."""
DUPLICATES = "duplicates"
"""The view of the enterprises where those that may be one stand side by side."""
KNOWN = (*PLACES, SETTINGS)
"""Every place a location can name."""
SHORTCUTS = "shortcuts"
"""The topic of the handbook that is the sheet of every command."""


class Places:
    """Makes pages and forms; the window has no other knowledge of them.

    ``crm_app/ui/<place>/__init__.py`` offers ``make_page(session) -> Page``; ``crm_app/ui/log`` offers
    ``open_log(session, window, enterprise_id)``; ``crm_app/ui/visits`` offers ``open_visit(session, window)``,
    ``crm_app/ui/receptions`` ``open_reception(session, window)``, ``crm_app/ui/follow_ups/asking.py``
    ``ask_follow_up(session, window)``;
    ``crm_app/ui/imports`` offers ``open_import(session, window, paths)``,
    ``paste(session, window)`` and ``open_export(session, window, kind)``; ``crm_app/ui/handbook`` offers
    ``open_help(session, window, place)``; ``crm_app/ui/security`` offers ``show_recovery_key(session, window, key)``
    and ``offer_new_password(session, window, recovery_key)``.
    """

    def page(self, place: str, session: Session) -> Page:
        """Make the page of a place."""
        page = late.place(place).make_page(session)
        assert isinstance(page, Page), place
        return page

    def log(self, session: Session, window: QWidget, enterprise: UUID | None) -> None:
        """Open the form that logs a lead, for an enterprise if one is given."""
        late.place("log").open_log(session, window, enterprise)

    def visit(self, session: Session, window: QWidget) -> None:
        """Open the form that writes up a visit."""
        late.place("visits").open_visit(session, window)

    def follow_up(self, session: Session, window: QWidget) -> None:
        """Ask for an enterprise, then for what was said."""
        late.place("follow_ups.asking").ask_follow_up(session, window)

    def receive(self, session: Session, window: QWidget) -> None:
        """Open the form that logs a reception."""
        late.place("receptions").open_reception(session, window)

    def imports(self, session: Session, window: QWidget, paths: Sequence[Path]) -> None:
        """Open the import, with files if any are given; pictures are taken for business cards."""
        late.place("imports").open_import(session, window, paths)

    def paste(self, session: Session, window: QWidget) -> None:
        """Take in what the clipboard holds: table cells, people, a card, or files."""
        late.place("imports").paste(session, window)

    def export(self, session: Session, window: QWidget, kind: str) -> None:
        """Open the export of a kind."""
        late.place("imports").open_export(session, window, kind)

    def help(self, session: Session, window: QWidget, place: str) -> None:
        """Open the handbook at a place."""
        late.place("handbook").open_help(session, window, place)

    def recovery_key(self, session: Session, window: QWidget, key: str) -> None:
        """Show a new recovery key, until the user says that it is kept."""
        late.place("security").show_recovery_key(session, window, key)

    def new_password(self, session: Session, window: QWidget, recovery_key: str) -> None:
        """Offer to set a new password, after the book was opened by its recovery key."""
        late.place("security").offer_new_password(session, window, recovery_key)

    def restore(self, session: Session, window: QWidget, book: Book) -> RestoreDialog:
        """Let a backup be chosen in the place of a book that could not be opened and is held."""
        dialog: RestoreDialog = late.place("settings").restore_held(session, book, window)
        return dialog

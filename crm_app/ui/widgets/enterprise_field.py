"""Finding an enterprise by initials, any two characters, a credit code or a phone; a new name is offered as new."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm_app.i18n import _
from crm_app.services import enterprises
from crm_app.services.enterprises import Match
from crm_app.ui.session import Session
from crm_app.ui.widgets.suggest import Answer, SuggestField, Suggestion


class EnterpriseField(SuggestField):
    """Enter takes the first that fits, except where two carry one name: then the user chooses.

    ``taken`` carries the id, or None for a new name, and the name.
    """

    taken = Signal(object, str)

    def __init__(self, session: Session, parent: QWidget | None = None, *, placeholder: str = "") -> None:
        hint = placeholder or _("Initials, two characters, a credit code or a phone")
        super().__init__(self._ask_book, parent, placeholder=hint, label=_("Enterprise"))
        self._session = session
        self._latest = session.latest()
        self.enterprise_id: UUID | None = None
        self.settled = False
        self.chosen.connect(self._take_offer)
        self.textEdited.connect(self._unsettle)

    def settle(self, enterprise_id: UUID | None, name: str) -> None:
        """Show this enterprise as chosen, without asking what else fits."""
        self.enterprise_id, self.settled = enterprise_id, bool(name)
        self.take_text(name)

    def _unsettle(self, _text: str) -> None:
        self.enterprise_id, self.settled = None, False

    def _take_offer(self, offer: Suggestion) -> None:
        enterprise_id, name = offer.value
        self.settle(enterprise_id, name)
        self.taken.emit(enterprise_id, name)

    def _ask_book(self, text: str, answer: Answer) -> None:
        self._latest.drop()
        if not text:
            answer(())
            return
        book = self._session.book
        self._latest.read(
            lambda: enterprises.suggest(book, text), lambda found: self._answer(text, found, answer), owner=self
        )

    def _answer(self, text: str, found: Sequence[Match], answer: Answer) -> None:
        certain = [match for match in found if match.why in ("same_name", "same_uscc", "same_phone")]
        self._preselect = len(certain) < 2
        self._enter_waits = self._enter_waits and self._preselect
        offers = [_offer(match) for match in found]
        if not certain and not (found and text.isascii()):
            offers.append(Suggestion(_("New: {name}").format(name=text), (None, text), "", "plus"))
        answer(offers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter pressed before the book has answered as meant for the answer."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if enter and not self.composing and not self.settled and not self.offers and self.text().strip():
            self._pause.stop()
            self._last = self.text()
            self._enter_waits = True
            self.ask(self.text())
            return
        super().keyPressEvent(event)


def _offer(match: Match) -> Suggestion:
    known = match.enterprise
    detail = " ".join(part for part in (known.region, known.uscc) if part)
    return Suggestion(known.name, (known.id, known.name), detail, "building-factory-2")

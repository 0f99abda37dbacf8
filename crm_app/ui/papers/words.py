"""The words of a window (文字): what no row can say of it, for the bulletin and the reports of these days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from crm_app.domain.counting import Window
from crm_app.domain.fields import Field
from crm_app.domain.kinds import Choice, Text, Whole
from crm_app.domain.paper_words import OF_A_WINDOW, PaperWords
from crm_app.domain.papers import PaperKind
from crm_app.i18n import N_, _
from crm_app.services import papers
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui.session import Session
from crm_app.ui.widgets.form_dialog import FormDialog, opened
from crm_app.ui.windows_of_days import words_of

OF_KINDS = (PaperKind.BULLETIN, PaperKind.WEEKLY, PaperKind.MONTHLY, PaperKind.HALF_YEAR, PaperKind.ANNUAL)
"""The kinds of paper the words of a window stand in."""

_MOST_COPIES = 100_000
_SAID = (
    Field("judgement", N_("Judgements, one a line"), Text(lines=2)),
    Field("basis", N_("Their bases, line by line"), Text(lines=2)),
    Field("problems", N_("Problems that remain, one a line"), Text(lines=3)),
    Field("plans", N_("Next steps, one a line"), Text(lines=4)),
)
_ADDRESSED = (
    Field("name", N_("Name in the red head"), Text()),
    Field("issue", N_("Issue number, as the office gave it"), Text()),
    Field("cluster", N_("Cluster told up to today"), Choice("cluster")),
    Field("copies", N_("Copies"), Whole(low=1, high=_MOST_COPIES)),
)
_TO = (
    Field("report_to", N_("Reported to"), Text()),
    Field("send_to", N_("Sent to"), Text()),
    Field("issue_to", N_("Issued to"), Text()),
)


def open_words(
    session: Session, parent: QWidget, first: date, last: date, saved: Callable[[], object] = lambda: None
) -> None:
    """Open the form with the words of a window as they stand; ``saved`` is called after their change."""

    def show(words: PaperWords) -> None:
        dialog = WordsDialog(session, parent, Window(first, last), words)
        dialog.saved.connect(lambda _none: saved())
        opened(dialog)

    session.read(lambda book: papers.paper_words(book, first, last), show, owner=parent)


def words_again(session: Session, parent: QWidget, about: str) -> None:
    """Open the form a draft was typed in; ``about`` are the two days of its window."""
    first, _dots, last = about.partition("..")
    open_words(session, parent, date.fromisoformat(first), date.fromisoformat(last))


class WordsDialog(FormDialog):
    """The form of one window's words; what was planned in the last one can be taken over, to be gone through."""

    def __init__(self, session: Session, parent: QWidget, window: Window, words: PaperWords) -> None:
        def save(book: Book, changed: dict[str, Any]) -> Outcome[Any]:
            now = replace(words, **{name: _kept(name, changed) for name in changed})
            return papers.change_paper_words(book, window.first, window.last, now)

        super().__init__(
            session,
            parent,
            _("Words of the papers: {window}").format(window=words_of(window)),
            (*_ADDRESSED, *_SAID, *_TO),
            save,
            draft=f"paper_words:{window.first}..{window.last}",
            before={name: value or None for name, value in asdict(words).items()},
            columns=2,
        )
        self.last_time = QPushButton(_("Take over last time's"), self)
        self.last_time.setToolTip(_("Problems and next steps of the window before, where these fields are empty"))
        self.last_time.setAutoDefault(False)
        self.last_time.clicked.connect(lambda _checked=False: self._ask_last_time(window))
        self.buttons.insertWidget(self.buttons.count() - 1, self.last_time)

    def _ask_last_time(self, window: Window) -> None:
        self._session.read(
            lambda book: papers.words_before(book, window.first, window.last), self._take_over, owner=self
        )

    def _take_over(self, before: PaperWords) -> None:
        typed = self.form.typed()
        offered = {name: getattr(before, name) for name in OF_A_WINDOW}
        taken = {name: text for name, text in offered.items() if text and not typed.get(name)}
        if not taken:
            self.note.setText(_("There is nothing to take over, or something is typed here already."))
            self.note.show()
            return
        self.note.hide()
        self.form.set_typed(typed | taken)
        self._touched()


def _kept(name: str, changed: dict[str, Any]) -> Any:
    """Return a field's new value; an emptied text is kept as nothing said, not as None."""
    return changed[name] if name == "copies" else changed[name] or ""

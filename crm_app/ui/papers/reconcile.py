"""核对: every line to look at before a paper is final, its rows, and the reason for leaving it so; 定稿 from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_app.domain.papers import POINT_KIND_LABELS, IssuedPaper, PaperKind, Point
from crm_app.errors import CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import figures, papers
from crm_app.services.figures import Row
from crm_app.services.papers import Asked
from crm_app.ui import actions, theme
from crm_app.ui.drafts import Autosave
from crm_app.ui.papers.paper_dialog import PaperDialog
from crm_app.ui.papers.rows import in_words
from crm_app.ui.papers.wrapped_list import State, WrappedList
from crm_app.ui.session import Session
from crm_app.ui.widgets.text_field import TextArea


@dataclass(frozen=True)
class Looked:
    """A paper looked through; ``known`` is None until it is kept."""

    known: IssuedPaper | None
    points: list[Point]


class ReconcileDialog(PaperDialog):
    """Opens once the paper is looked through. Arrow keys walk the lines, Tab leads to the rows and the reason."""

    kept = Signal(object)
    """The paper was kept as a draft; its id."""
    issued = Signal(object)
    """The paper is final; its id."""
    row_wanted = Signal(object)
    field_wanted = Signal(str)
    """What fills a gap besides its rows: “words.issue”, “setting.bureau”, “edit”."""

    def __init__(
        self, session: Session, parent: QWidget, title: str, kind: PaperKind, asked: Asked, paper: UUID | None
    ) -> None:
        super().__init__(session, parent, _("Reconcile: {title}").format(title=title))
        self._kind, self._asked, self.paper = kind, asked, paper
        self._rows = session.latest()
        self._points: list[Point] = []
        self._go_on = False
        self._reasons: dict[str, str] = {}
        self._lay_out()
        self._after_kept: list[Callable[[UUID], None]] = []
        self._autosave = self._saving(paper) if paper else None
        self._reasons = self._autosave.restore() if self._autosave else {}
        self.reason.textChanged.connect(self._touched)
        actions.make("save", self, self._answer)
        self.reload()

    def _lay_out(self) -> None:
        layout = self._column()
        self.told = self._label("muted")
        self.told.setText(
            _("Click a row to go to its record. What is open keeps the paper from being final; the rest is to be seen.")
        )
        layout.addWidget(self.told)
        across = QHBoxLayout()
        across.setSpacing(theme.M)
        self.lines = WrappedList(self, _("Lines to look at"))
        self.lines.currentRowChanged.connect(lambda _row: self._show_point())
        across.addWidget(self.lines, 3)
        across.addLayout(self._beside(), 2)
        layout.addLayout(across, 1)
        self._end(layout, self._foot())

    def _beside(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.S)
        self.heading = self._label("strong")
        column.addWidget(self.heading)
        self.rows = WrappedList(self, _("Its rows"))
        self.rows.taken.connect(self._go)
        column.addWidget(self.rows, 1)
        column.addStretch(0)
        self.fill = self._button(_("Fill it in…"), self._fill)
        column.addWidget(self.fill)
        self.reason = TextArea(self, lines=2, label=_("Reason for leaving it so"))
        self.reason.setPlaceholderText(_("Reason for leaving it so"))
        column.addWidget(self.reason)
        self.answer = self._button(_("Keep the reason"), self._answer)
        column.addWidget(self.answer)
        return column

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self.count = self._label("muted")
        foot.addWidget(self.count, 1)
        close = self._button(_("Close"), self.reject)
        foot.addWidget(close)
        self.final = self._button(_("Make final"), self._issue)
        self.final.setProperty("role", "primary")
        self.final.setEnabled(False)
        foot.addWidget(self.final)
        return foot

    def reload(self) -> None:
        """Look the paper through again."""
        book, kind, asked, paper = self._session.book, self._kind, self._asked, self.paper

        def look() -> Looked:
            known = papers.issued(book, paper) if paper else None
            made = papers.paper_of(known) if known else papers.compose(book, kind, asked)
            return Looked(known, papers.reconcile(book, kind, asked, made, known))

        self._latest.read(look, self._show, owner=self)

    def _show(self, looked: Looked) -> None:
        here = None if self._go_on else self._point()
        self._go_on = False
        self._points = sorted(looked.points, key=lambda point: (not point.bars, not point.open, point.right))
        self.lines.put((_line(point), number) for number, point in enumerate(self._points))
        for number, point in enumerate(self._points):
            self.lines.set_state(number, State.OPEN if point.bars else State.NOTE if point.open else State.RIGHT)
        barring = sum(point.bars for point in self._points)
        left = sum(point.open for point in self._points) - barring
        words = ngettext("{n} line to fill in or answer for", "{n} lines to fill in or answer for", barring)
        also = ngettext("{n} to look at", "{n} to look at", left).format(n=left)
        self.count.setText(words.format(n=barring) + (f" · {also}" if left else ""))
        self.final.setEnabled(not barring)
        keys = [point.key for point in self._points]
        self.lines.setCurrentRow(keys.index(here.key) if here and here.key in keys else 0 if keys else -1)
        self._show_point()
        if not self.isVisible():
            self.open()
            self.lines.setFocus()

    def _point(self) -> Point | None:
        row = self.lines.currentRow()
        return self._points[row] if 0 <= row < len(self._points) else None

    def _show_point(self) -> None:
        point = self._point()
        if point is None:
            return
        self.note.hide()
        self.heading.setText(_(POINT_KIND_LABELS[point.kind]))
        self.fill.setVisible(bool(point.where.startswith(("words.", "setting.", "edit"))))
        self.reason.setVisible(not point.right)
        self.answer.setVisible(not point.right)
        self.reason.setPlainText(self._reasons.get(point.key, point.reason))
        book, rows = self._session.book, point.rows
        self.rows.put([])
        self.rows.hide()
        self._rows.read(lambda: figures.rows(book, rows), self._show_rows, owner=self)

    def _show_rows(self, rows: Sequence[Row]) -> None:
        self.rows.put(((in_words(row), row.id) for row in rows), _("Click to go to the record"))
        self.rows.setVisible(bool(rows))

    def _saving(self, paper: UUID) -> Autosave:
        return self._session.autosave(self, f"reason:{paper}", lambda: self._reasons)

    def _touched(self) -> None:
        point = self._point()
        if point is None:
            return
        text = self.reason.toPlainText()
        if text != point.reason:
            self._reasons[point.key] = text
        else:
            self._reasons.pop(point.key, None)
        if self._reasons or self._autosave is not None:
            # A reason belongs to a kept paper: only there is it found again.
            self._with_paper(lambda _paper: self._keep_typed())

    def _keep_typed(self) -> None:
        if self._autosave is not None:
            self._autosave.touch()

    def _go(self, row: UUID) -> None:
        self.row_wanted.emit(row)
        self.reject()

    def _fill(self) -> None:
        point = self._point()
        if point is not None:
            self.field_wanted.emit(point.where)

    def _with_paper(self, then: Callable[[UUID], None]) -> None:
        """Do something to the kept paper, keeping it as a draft first where it is not."""
        if self.paper is not None:
            then(self.paper)
            return
        self._after_kept.append(then)
        if len(self._after_kept) > 1:
            # It is being kept already; twice would make two of it.
            return
        kind, asked = self._kind, self._asked

        def taken(paper: UUID) -> None:
            self.paper, self._autosave = paper, self._saving(paper)
            self.kept.emit(paper)
            after, self._after_kept = self._after_kept, []
            for wait in after:
                wait(paper)

        def refused(error: CrmError) -> None:
            self._after_kept.clear()
            self._refuse(error)
            # Where it was closed meanwhile: what was typed has no other place yet.
            self.open()

        self._session.write(
            _("Keep as draft"),
            lambda book, _progress: papers.draft(book, papers.compose(book, kind, asked), asked),
            taken,
            refused,
            owner=self,
        )

    def _answer(self) -> None:
        point, reason = self._point(), self.reason.toPlainText()
        if point is None:
            return

        def keep(paper: UUID) -> None:
            self._write_once(
                self._session,
                _("Keep the reason"),
                lambda book: papers.answer(book, paper, point.key, reason),
                lambda _none: self._answered(point),
                self._refuse,
            )

        self._with_paper(keep)

    def _answered(self, point: Point) -> None:
        self._reasons.pop(point.key, None)
        self._keep_typed()
        # On to the next that is open: they stand first.
        self._go_on = True
        self.reload()

    def _issue(self) -> None:
        def make(paper: UUID) -> None:
            self._write_once(
                self._session,
                _("Make final"),
                lambda book: papers.issue(book, paper),
                lambda _state: self._issued(paper),
                self._refuse,
            )

        self._with_paper(make)

    def _issued(self, paper: UUID) -> None:
        if self._autosave is not None:
            self._autosave.discard()
        self.issued.emit(paper)
        self.accept()

    def reject(self) -> None:
        """Close and keep the reasons that were typed; where their paper is just being kept, once it is."""
        if self._after_kept:
            self._after_kept.append(lambda _paper: self.reject())
            self.hide()
            return
        if self._autosave is not None:
            self._autosave.now()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay, hidden, while the paper is being kept."""
        super().closeEvent(event)
        if self._after_kept:
            event.ignore()


def _line(point: Point) -> str:
    state = _("right") if point.right else _("answered") if point.reason else _("to look at")
    if point.bars:
        state = _("open")
    return f"{_(POINT_KIND_LABELS[point.kind])} · {state}\n{point.text}"

"""The right column: the state of a paper, what is missing before 定稿, the rows of a figure, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.papers import PAPER_STATE_LABELS, PaperState
from crm_app.i18n import _, ngettext
from crm_app.services.figures import Row
from crm_app.ui import theme
from crm_app.ui.papers.rows import in_words
from crm_app.ui.papers.section import ListSection
from crm_app.ui.papers.words import OF_KINDS
from crm_app.ui.papers.work import Shown
from crm_app.ui.session import Session
from crm_app.ui.widgets.lines import plain

_WIDTH = 248


class Side(QWidget):
    """What the shown paper says of itself, in sections under one another, and what can be done with it at the foot.

    ``sections`` is their column: whoever adds one puts it there, above what a figure stands on. ``tools`` takes more
    buttons, two beside one another, under the next step.
    """

    advance_wanted = Signal()
    refresh_wanted = Signal()
    words_wanted = Signal()
    differences_wanted = Signal()
    each_wanted = Signal()
    row_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: Shown | None = None
        self.setFixedWidth(theme.px(_WIDTH))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)
        self.title = self._label("strong")
        self.facts = self._label("muted")
        self.whole = QCheckBox(_("Whole phone numbers"), self)
        self.whole.setToolTip(_("Mobile numbers are masked unless this is ticked; ticking it is noted."))
        self._column.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)
        self.both = QCheckBox(_("Each on a leaf of its own"), self)
        self.both.setToolTip(_("For printing on both sides: each record begins a right-hand page."))
        self._column.addWidget(self.both, 0, Qt.AlignmentFlag.AlignLeft)
        self.each = self._button(_("A file each…"), self.each_wanted.emit, icon="files")
        self.sections = QVBoxLayout()
        self.sections.setSpacing(theme.S)
        self._column.addLayout(self.sections, 1)
        self.missing = self._section(_("What is missing"))
        self.rows = self._section(_("What a figure stands on"))
        self.differences = self._section(_("Differences"))
        # What is folded or hidden takes no room: without this the few words would float in the middle.
        self.sections.addStretch(0)
        self.error = self._label("error")
        self.advance = self._button("", self.advance_wanted.emit, role="primary")
        self.tools = QGridLayout()
        self.tools.setSpacing(theme.S)
        self._column.addLayout(self.tools)
        self.words = self._button(_("Words…"), self.words_wanted.emit, icon="pencil")
        self.tools.addWidget(self.words, 1, 1)
        self.again = self._button(_("Take in today's figures"), self.refresh_wanted.emit, icon="refresh")
        self.compare = self._button(_("Compare with today's figures"), self.differences_wanted.emit, icon="refresh")
        self._clear()

    def _label(self, role: str) -> QLabel:
        label = plain("", role)
        self._column.addWidget(label)
        return label

    def _section(self, title: str) -> ListSection:
        section = ListSection(title, self)
        section.row_wanted.connect(self.row_wanted)
        self.sections.addWidget(section, 1)
        return section

    def _button(self, text: str, run: Callable[[], object], *, role: str = "", icon: str = "") -> QPushButton:
        button = QPushButton(text, self)
        if role:
            button.setProperty("role", role)
        if icon:
            theme.put_icon(button, icon)
        button.clicked.connect(lambda _checked=False: run())
        self._column.addWidget(button)
        return button

    def _clear(self) -> None:
        for section in (self.missing, self.rows, self.differences):
            section.hide()
        for widget in (
            self.whole,
            self.both,
            self.each,
            self.error,
            self.advance,
            self.words,
            self.again,
            self.compare,
        ):
            widget.hide()

    def show_paper(self, shown: Shown) -> None:
        """Show a paper's state, its gaps and the next step."""
        self._shown = shown
        self._clear()
        self.title.setText(shown.paper.title)
        self.facts.setText(_facts(shown))
        self.whole.setVisible(shown.kept is None)
        # For this paper alone: the next one is masked again.
        self.whole.setChecked(shown.asked.unmasked)
        self.both.setVisible(shown.kept is None and shown.is_several)
        self.both.setChecked(shown.asked.both_sides)
        self.each.setVisible(shown.kept is None and shown.is_several)
        if shown.notes:
            self.complain("\n".join(shown.notes))
        final = shown.state is PaperState.FINAL
        if not final:
            self._show_gaps(shown)
        self.advance.setText(_next(shown))
        self.advance.setVisible(not final)
        self.words.setVisible(not final and shown.kind in OF_KINDS)
        self.again.setVisible(not final)
        self.compare.setVisible(final)

    def _show_gaps(self, shown: Shown) -> None:
        words = ngettext("{n} item missing", "{n} items missing", len(shown.gaps)).format(n=len(shown.gaps))
        self.missing.put(
            words if shown.gaps else _("Nothing is missing"),
            ((gap.text, gap.rows[0] if gap.rows else None) for gap in shown.gaps),
            _("Click to go to the record"),
        )

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show the rows a figure on the page stands on; one of them leads to its record."""
        count = ngettext("This figure stands on {n} row", "This figure stands on {n} rows", len(rows))
        self._put(self.rows, count.format(n=len(rows)), [(in_words(row), row.id) for row in rows])

    def show_differences(self, lines: Sequence[tuple[str, UUID | None]]) -> None:
        """Show what the paper would say otherwise today, as issued → as it would be now."""
        count = ngettext("{n} line differs from the book today", "{n} lines differ from the book today", len(lines))
        told = count.format(n=len(lines)) if lines else _("The book still says what was issued.")
        self._put(self.differences, told, lines)

    def _put(self, section: ListSection, title: str, sentences: Sequence[tuple[str, UUID | None]]) -> None:
        """Show a section with the room of the column; the others keep their headings."""
        for other in (self.missing, self.rows, self.differences):
            other.fold(other is not section)
        section.put(title, sentences, _("Click to go to the record"))

    def complain(self, sentence: str) -> None:
        """Say what stands in the way."""
        self.error.setText(sentence)
        self.error.show()


def _facts(shown: Shown) -> str:
    lines = [_(PAPER_STATE_LABELS[shown.state]) if shown.kept else _("Not kept yet")]
    if shown.kept and shown.kept.issued_at is not None:
        on = days.show_date(clock.local(shown.kept.issued_at).date())
        lines = [_("Final since {day}: it reprints byte for byte.").format(day=on)]
    if shown.asked.start and shown.asked.end:
        words = _("Figures from {start} to {end}")
        lines.append(words.format(start=days.show_date(shown.asked.start), end=days.show_date(shown.asked.end)))
    if shown.kept and shown.kept.accepted_gaps:
        lines.append(_("Left open because: {reason}").format(reason=shown.kept.accepted_gaps))
    if shown.kept and shown.kept.sha256:
        lines.append(_("SHA-256 {digest}…").format(digest=shown.kept.sha256[:16]))
    return "\n".join(lines)


def _next(shown: Shown) -> str:
    if shown.kept is None:
        return _("Keep as draft")
    return _("Send to review") if shown.state is PaperState.DRAFT else _("Make final")

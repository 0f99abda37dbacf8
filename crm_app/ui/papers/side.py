"""The right column: the state of a paper, what is missing before 定稿, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from crm_app.domain import days
from crm_app.domain.papers import PAPER_STATE_LABELS, PaperState
from crm_app.i18n import _, ngettext
from crm_app.ui import theme
from crm_app.ui.papers.work import Shown
from crm_app.ui.widgets.text_field import TextField

_WIDTH = 248
_ROLE = Qt.ItemDataRole.UserRole


class Side(QWidget):
    """What the shown paper says of itself."""

    advance_wanted = Signal(str)
    refresh_wanted = Signal()
    row_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)
        self.title = self._label("strong")
        self.facts = self._label("muted")
        self.heading = self._label("strong")
        self.gaps = QListWidget(self)
        self.gaps.setWordWrap(True)
        self.gaps.setAccessibleName(_("What is missing"))
        self.gaps.itemActivated.connect(self._go)
        self.gaps.itemClicked.connect(self._go)
        self._column.addWidget(self.gaps, 1)
        self.reason = TextField(self, placeholder=_("Reason for leaving it so"), label=_("Reason for leaving it so"))
        self._column.addWidget(self.reason)
        self.error = self._label("error")
        self.advance = self._button("", lambda: self.advance_wanted.emit(self.reason.text()), primary=True)
        self.again = self._button(_("Take in today's figures"), self.refresh_wanted.emit, icon="refresh")
        self._column.addStretch(0)
        self._clear()

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        self._column.addWidget(label)
        return label

    def _button(self, text: str, run: Callable[[], object], *, primary: bool = False, icon: str = "") -> QPushButton:
        button = QPushButton(text, self)
        if primary:
            button.setProperty("role", "primary")
        if icon:
            theme.put_icon(button, icon)
        button.clicked.connect(lambda _checked=False: run())
        self._column.addWidget(button)
        return button

    def _clear(self) -> None:
        self.title.setText(_("No paper is open"))
        self.facts.setText(_("Choose a kind on the left, then what it is about."))
        for widget in (
            self.heading,
            self.gaps,
            self.reason,
            self.error,
            self.advance,
            self.again,
        ):
            widget.hide()

    def show_paper(self, shown: Shown) -> None:
        """Show a paper's state, its gaps and the next step."""
        self.title.setText(shown.paper.title)
        self.facts.setText(_facts(shown))
        self.error.hide()
        final = shown.state is PaperState.FINAL
        self._show_gaps(shown)
        self.reason.setVisible(shown.state is PaperState.REVIEW and bool(shown.gaps))
        self.advance.setText(_next(shown))
        self.advance.setVisible(not final)
        self.again.setVisible(not final)

    def _show_gaps(self, shown: Shown) -> None:
        final = shown.state is PaperState.FINAL
        count = len(shown.gaps)
        self.heading.setText(
            ngettext("{n} item missing", "{n} items missing", count).format(n=count)
            if count
            else _("Nothing is missing")
        )
        self.heading.setVisible(not final)
        self.gaps.clear()
        for gap in shown.gaps:
            item = QListWidgetItem(gap.text)
            item.setToolTip(_("Click to go to the record"))
            item.setData(_ROLE, gap.rows[0] if gap.rows else None)
            self.gaps.addItem(item)
        self.gaps.setVisible(bool(count))

    def complain(self, sentence: str) -> None:
        """Say what stands in the way."""
        self.error.setText(sentence)
        self.error.show()

    def _go(self, item: QListWidgetItem) -> None:
        if item.data(_ROLE) is not None:
            self.row_wanted.emit(item.data(_ROLE))


def _facts(shown: Shown) -> str:
    lines = [_(PAPER_STATE_LABELS[shown.state]) if shown.kept else _("Not kept yet")]
    if shown.asked.start and shown.asked.end:
        words = _("Figures from {start} to {end}")
        lines.append(words.format(start=days.show_date(shown.asked.start), end=days.show_date(shown.asked.end)))
    if shown.kept and shown.kept.sha256:
        lines.append(_("SHA-256 {digest}…").format(digest=shown.kept.sha256[:16]))
    return "\n".join(lines)


def _next(shown: Shown) -> str:
    if shown.kept is None:
        return _("Keep as draft")
    return _("Send to review") if shown.state is PaperState.DRAFT else _("Make final")

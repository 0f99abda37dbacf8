"""What we promised an enterprise (我方承诺) and what they asked (企业诉求): lists that are ticked off in place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.projects import Need
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import projects
from crm_app.ui import theme
from crm_app.ui.enterprises import need_forms
from crm_app.ui.enterprises.reading import Shown
from crm_app.ui.enterprises.section import Section
from crm_app.ui.session import Session
from crm_app.ui.widgets.lines import Link, plain

_ROOM = 4
"""Open lines shown before “all”."""


class TickCard(Section):
    """A box, the words, the department and the deadline of each; a click on the words opens its form."""

    def __init__(self, session: Session, parent: QWidget, *, promises: bool) -> None:
        title = _("What we promised") if promises else _("What they asked")
        tip = _("Add a promise") if promises else _("Add what they ask")
        super().__init__(title, parent, add=_("Add"), run=self._add, tip=tip)
        self._session, self._promises = session, promises
        self._enterprise: UUID | None = None
        self._whole = False
        self._needs: list[Need] = []
        self._all = Link("", self._unfold)
        self._layout.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)

    def put(self, shown: Shown) -> None:
        """Show those of an enterprise; what is done stands below the rest, once it is asked for."""
        if self._enterprise != shown.page.enterprise.id:
            self._whole = False
        self._enterprise = shown.page.enterprise.id
        self._needs = [one for one in shown.page.needs if (one.promised_on is not None) == self._promises]
        self._lay()

    def _unfold(self) -> None:
        self._whole = not self._whole
        self._lay()

    def _lay(self) -> None:
        waiting = [one for one in self._needs if one.solved_on is None]
        shown = self._needs if self._whole else waiting[:_ROOM]
        today = clock.today()
        late = sum(one.due is not None and one.due < today for one in waiting)
        self.count.setText(_("{n} overdue").format(n=late) if late else str(len(waiting) or ""))
        self.count.setProperty("role", "error" if late else "muted")
        self.count.style().polish(self.count)
        with self.filled():
            if shown:
                self.add(self._grid(shown))
            elif not self._needs:
                self.quiet(
                    _("No promise yet. Add one with its department and deadline.")
                    if self._promises
                    else _("Nothing asked yet. Add what they need: land, power, workers…")
                )
        hidden = len(self._needs) - len(waiting[:_ROOM])
        self._all.setVisible(hidden > 0)
        words = _("All {n}").format(n=len(self._needs)) if len(waiting) > _ROOM else _("{n} done").format(n=hidden)
        self._all.say(_("Fewer") if self._whole else words)
        self._layout.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)

    def _grid(self, shown: Sequence[Need]) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.XS)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for number, need in enumerate(shown):
            # What it is about has the whole width; who sees to it by when stands below it.
            row = 2 * number
            words = need.words
            box = QCheckBox(inside)
            box.setChecked(need.solved_on is not None)
            box.setEnabled(need.solved_on is None)
            box.setAccessibleName(_("Done: {what}").format(what=words))
            box.setToolTip(_("Tick it off"))
            box.clicked.connect(lambda _checked=False, need=need, box=box: self._tick(need, box))
            text = _Words(words, partial(self._open, need))
            grid.addWidget(box, row, 0)
            grid.addWidget(text, row, 1, 1, 2)
            detail = plain(_detail(need), _role(need))
            detail.setContentsMargins(theme.link_inset(), 0, 0, 0)
            grid.addWidget(detail, row + 1, 1)
            if not self._promises and need.solved_on is None:
                grid.addWidget(self._promise_button(need, words), row + 1, 2)
        return inside

    def _promise_button(self, need: Need, words: str) -> QPushButton:
        button = QPushButton(_("Promise"))
        button.setProperty("role", "link")
        button.setAccessibleName(_("Promise: {what}").format(what=words))
        button.setToolTip(_("Say which department sees to it by when"))
        button.clicked.connect(lambda _checked=False: need_forms.open_promise_of(self._session, self.window(), need))
        return button

    def _tick(self, need: Need, box: QCheckBox) -> None:
        # A second click of a double one is none.
        box.setEnabled(False)
        label = _("Keep a promise") if self._promises else _("Solve a need")

        def refused(error: CrmError) -> None:
            self._session.trouble.emit(str(error))
            self._lay()

        self._session.write(
            label, lambda book, _progress: projects.solve_need(book, need.id), failed=refused, owner=self
        )

    def _open(self, need: Need) -> None:
        need_forms.open_need(self._session, self.window(), need)

    def _add(self) -> None:
        if self._enterprise is not None:
            need_forms.open_new(self._session, self.window(), self._enterprise, promise=self._promises)


class _Words(Link):
    """Words that open something and look like words."""

    def __init__(self, text: str, run: partial[None]) -> None:
        super().__init__(text, run)
        self.setProperty("role", "words")


def _detail(need: Need) -> str:
    if need.solved_on is not None:
        return _("done {day}").format(day=days.show_date(need.solved_on))
    due = days.relative(need.due, clock.today()) if need.due else ""
    return " · ".join(part for part in (need.dept, due) if part)


def _role(need: Need) -> str:
    late = need.solved_on is None and need.due is not None and need.due < clock.today()
    return "error" if late else "muted"

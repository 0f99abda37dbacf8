"""The investors of a project with their shares, as rows to fill in; and the dialog that sets them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.domain.projects import Investor
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services import projects
from crm_app.services.projects import InvestorAt, Share
from crm_app.ui import theme
from crm_app.ui.projects.ask import AskDialog
from crm_app.ui.projects.marks import button, text_label
from crm_app.ui.session import Session
from crm_app.ui.widgets.editors import Editor
from crm_app.ui.widgets.pickers import RecordEditor, Sources, make_editor

_WHOLE = Decimal(100)
_COLUMNS = ("enterprise_id", "share", "role")
_STRETCH = (5, 2, 3)


@dataclass
class _Row:
    enterprise: RecordEditor
    share: Editor
    role: Editor
    remove: QPushButton

    def widgets(self) -> tuple[QWidget, ...]:
        return self.enterprise, self.share, self.role, self.remove

    def empty(self) -> bool:
        return not (self.enterprise.typed() or self.share.typed().strip())


class InvestorsEditor(QWidget):
    """Rows of enterprise, share and role. One investor alone holds the whole without being asked."""

    edited = Signal()

    def __init__(self, session: Session, investors: Sequence[InvestorAt], parent: QWidget) -> None:
        super().__init__(parent)
        self._sources = Sources(session)
        self._rows: list[_Row] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.S)
        self._grid.setVerticalSpacing(theme.XS)
        for column, (name, stretch) in enumerate(zip(_COLUMNS, _STRETCH, strict=True)):
            field = Investor.field(name)
            title = f"{field.title} (%)" if name == "share" else field.title
            self._grid.addWidget(text_label(title, "muted"), 0, column)
            self._grid.setColumnStretch(column, stretch)
        self._sum = QLabel(self)
        self._sum.setProperty("role", "muted")
        add = button(_("Add an investor"), "link", "plus")
        add.clicked.connect(lambda _checked=False: self._add_and_go())
        foot = QHBoxLayout()
        foot.addWidget(add)
        foot.addStretch(1)
        foot.addWidget(self._sum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(self._grid)
        layout.addLayout(foot)
        for one in investors:
            self._put(one.enterprise.id, one.enterprise.name, one.investor.shown("share"), one.investor.role or "")
        if not investors:
            self._add()
        self._first = self._as_text()
        self._show_sum()

    def _add(self) -> _Row:
        made = {name: make_editor(Investor.field(name), self._sources, self) for name in _COLUMNS}
        picker = made["enterprise_id"]
        assert isinstance(picker, RecordEditor)
        remove = button("", icon="x", tip=_("Remove this investor"))
        row = _Row(picker, made["share"], made["role"], remove)
        at = self._grid.rowCount()
        for column, widget in enumerate(row.widgets()):
            self._grid.addWidget(widget, at, column)
        for editor in made.values():
            editor.edited.connect(self._touched)
        remove.clicked.connect(lambda _checked=False: self._remove(row))
        self._rows.append(row)
        return row

    def _put(self, enterprise: UUID | None, name: str, share: str, role: str) -> None:
        row = self._add()
        row.enterprise.set_record(enterprise, name)
        row.share.set_typed(share)
        row.role.set_typed(role)

    def _add_and_go(self) -> None:
        row = self._add()
        left = _WHOLE - self._known_sum()
        if left > 0:
            row.share.set_typed(f"{left:f}")
        row.enterprise.setFocus()
        self._touched()

    def _remove(self, row: _Row) -> None:
        self._rows.remove(row)
        for widget in row.widgets():
            widget.hide()
            widget.deleteLater()
        if not self._rows:
            self._add()
        self._rows[-1].enterprise.setFocus()
        self._touched()

    def _touched(self) -> None:
        self._show_sum()
        self.edited.emit()

    def _known_sum(self) -> Decimal:
        total = Decimal(0)
        for row in self._rows:
            try:
                total += row.share.value() or Decimal(0)
            except BadInput:
                continue
        return total

    def _show_sum(self) -> None:
        shown = Investor.field("share").kind.show(self._known_sum())
        self._sum.setText(_("{sum} % of 100 %").format(sum=shown))

    def shares(self) -> list[Share]:
        """Return the rows filled in; raise BadInput for an enterprise that was not chosen or a share unreadable."""
        filled = [row for row in self._rows if not row.empty()]
        read = []
        for row in filled:
            enterprise = row.enterprise.value() if row.enterprise.check() else None
            if enterprise is None:
                row.enterprise.complain(_("Please choose one of the offers with ↓ and Enter."))
                row.enterprise.setFocus()
                raise BadInput(_("Please choose the investor from the enterprises of this book."))
            share = row.share.value() if row.share.check() else None
            if share is None and len(filled) > 1:
                row.share.setFocus()
                raise BadInput(_("Please give each investor's share; together they make 100 %."))
            read.append(Share(enterprise, _WHOLE if share is None else share, row.role.value()))
        return read

    def typed(self) -> str:
        """Return the rows as text, for a draft; nothing where they are as they stood at first."""
        now = self._as_text()
        return "" if now == self._first else now

    def _as_text(self) -> str:
        rows = [(row.enterprise.typed(), row.share.typed(), row.role.typed()) for row in self._rows if not row.empty()]
        return json.dumps(rows, ensure_ascii=False) if rows else ""

    def set_typed(self, text: str) -> None:
        """Put a draft back."""
        if not text:
            return
        for row in list(self._rows):
            self._rows.remove(row)
            for widget in row.widgets():
                widget.hide()
                widget.deleteLater()
        for enterprise, share, role in json.loads(text):
            made = self._add()
            made.enterprise.set_typed(enterprise)
            made.share.set_typed(share)
            made.role.set_typed(role)
        self._show_sum()

    def focus_first(self) -> None:
        """Put the focus on the first enterprise."""
        self._rows[0].enterprise.setFocus()


class InvestorsDialog(AskDialog):
    """Who invests, with what share."""

    def __init__(
        self, session: Session, parent: QWidget, project_id: UUID, name: str, investors: Sequence[InvestorAt]
    ) -> None:
        super().__init__(session, parent, _("Investors"), name)
        self._project_id = project_id
        self.rows = InvestorsEditor(session, investors, self.head)
        self.head_layout.addWidget(self.rows)
        self.rows.edited.connect(self._touch)
        self.keep_draft(f"investors:{project_id}")

    def typed(self) -> dict[str, str]:
        """Return the rows."""
        return {"investors": self.rows.typed()}

    def put_typed(self, kept: Mapping[str, str]) -> None:
        """Put a draft back."""
        self.rows.set_typed(kept.get("investors", ""))

    def save(self) -> None:
        """Set the investors; the sum is checked by the rule."""
        shares = self.rows.shares()
        self.write(
            _("Set the investors"),
            lambda book, _progress: projects.set_investors(book, self._project_id, shares),
        )


def open_investors(
    session: Session, parent: QWidget, project_id: UUID, name: str, investors: Sequence[InvestorAt]
) -> InvestorsDialog:
    """Open the dialog."""
    dialog = InvestorsDialog(session, parent, project_id, name, investors)
    dialog.open()
    dialog.rows.focus_first()
    return dialog

"""依批准清除此人: what goes, what stays, the approval, the name typed once more; then what came of it.

Nothing typed here is kept as a draft: it would hold the name that shall go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crm_app.errors import CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import erasure
from crm_app.services.erasure import Erased, Mention, Preview
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.where import show_row
from crm_app.ui.widgets.fitting import HIGHEST, WIDEST
from crm_app.ui.widgets.lines import Link, plain
from crm_app.ui.widgets.text_field import TextField

_MOST_ROWS = 5


class EraseDialog(QDialog):
    """Opens on a contact; the button wakes once the approval is given and the name is typed."""

    def __init__(self, session: Session, parent: QWidget, contact_id: UUID) -> None:
        super().__init__(parent)
        self._session, self._contact = session, contact_id
        self._preview: Preview | None = None
        self.setWindowTitle(_("Erase this person, as approved"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.size(WIDEST, HIGHEST))
        self.inside = QWidget(self)
        self.inside.setProperty("role", "clear")
        self._column = QVBoxLayout(self.inside)
        self._column.setContentsMargins(0, 0, theme.S, 0)
        self._column.setSpacing(theme.XS)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.inside)
        self.mentions = QListWidget(self)
        self.mentions.setAccessibleName(_("Texts that name this person"))
        self.mentions.setWordWrap(True)
        self.mentions.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.mentions.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.mentions.hide()
        self.approval = TextField(self, label=_("Approval"), placeholder=_("Number of the document, or who approved"))
        self.name = TextField(self, label=_("The name once more"), placeholder=_("Type the person's name to confirm"))
        self.error = plain("", "error")
        self.error.hide()
        self._lay_out(area)
        for field in (self.approval, self.name):
            field.textChanged.connect(lambda _text: self._enable())
        self._enable()
        self._say(_("Looking where this person stands…"), "muted")
        session.read(lambda book: erasure.preview(book, contact_id), self._show, self._refuse, owner=self)

    def _lay_out(self, area: QScrollArea) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        layout.setSpacing(theme.S)
        layout.addWidget(area, 1)
        layout.addWidget(self._asked())
        layout.addWidget(self.error)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        self.close_button = QPushButton(_("Close"), self)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(lambda _checked=False: self.reject())
        self.erase_button = QPushButton(_("Erase for good"), self)
        self.erase_button.setProperty("role", "primary")
        self.erase_button.setAutoDefault(False)
        self.erase_button.clicked.connect(lambda _checked=False: self.erase())
        row.addWidget(self.close_button)
        row.addWidget(self.erase_button)
        layout.addLayout(row)

    def _asked(self) -> QWidget:
        """Return the two fields under each other, each with its words beside it."""
        self.asked = QWidget(self)
        grid = QGridLayout(self.asked)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.XS)
        for row, field in enumerate((self.approval, self.name)):
            label = QLabel(field.accessibleName(), self.asked)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        return self.asked

    def _say(self, text: str, role: str = "") -> None:
        label = plain(text, role)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(label)

    def _part(self, title: str, lines: Iterable[str]) -> None:
        held = list(lines)
        if held:
            self._column.addSpacing(theme.XS)
            self._say(title, "strong")
            for line in held:
                self._say(line)

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        self._clear()
        self._say(
            _(
                "This cannot be undone. Everything the book knows of this person is taken out of the file itself and "
                "out of its backups; an empty entry stays, so that visits and figures still add up."
            ),
            "muted",
        )
        self._part(_("Will be erased"), _what_goes(preview))
        if preview.mentions:
            self._column.addSpacing(theme.XS)
            self._say(_("Other texts name this person; in those that are ticked ××× takes the name's place"), "strong")
            self._list(preview.mentions)
        self._part(
            _("Stays as it was issued"),
            (_("Final paper: {title}").format(title=title) for _id, title in preview.papers),
        )
        self._part(_("Backups that are cleared too"), (str(path) for path in preview.copies))
        self._part(
            _("Backups that are away; cleared when they are seen again or restored"),
            (str(path) for path in preview.absent),
        )
        self._column.addStretch(1)
        self.approval.setFocus()
        self._enable()

    def _list(self, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            words = _("{record}, only in its history").format(record=mention.title)
            if mention.field:
                words = _("{record}, {field}: {before} → {after}").format(
                    record=mention.title, field=mention.field, before=mention.before, after=mention.after
                )
            item = QListWidgetItem(words, self.mentions)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setData(Qt.ItemDataRole.UserRole, mention)
            item.setToolTip(words)
        rows = min(self.mentions.count(), _MOST_ROWS)
        self.mentions.setFixedHeight(rows * 2 * self.fontMetrics().height() + 3 * theme.M)
        self._column.addWidget(self.mentions)
        self.mentions.show()

    def _ticked(self) -> list[Mention]:
        items = (self.mentions.item(row) for row in range(self.mentions.count()))
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _enable(self) -> None:
        named = self._preview is not None and self.name.text().strip() == self._preview.name
        self.erase_button.setEnabled(named and bool(self.approval.text().strip()))

    def erase(self) -> None:
        """Erase; the dialog stays open and says what came of it."""
        contact, approval, ticked = self._contact, self.approval.text(), self._ticked()
        self.error.hide()
        self.erase_button.setEnabled(False)
        self._session.write(
            self.windowTitle(),
            lambda book, _progress: erasure.erase(book, contact, approval, replaced=ticked),
            self._done,
            self._refuse,
            owner=self,
        )

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _done(self, erased: Erased) -> None:
        self._clear()
        for shown in (self.asked, self.erase_button):
            shown.hide()
        self._part(_("Erased"), erasure.told(replace(erased, left=())))
        if erased.left:
            self._column.addSpacing(theme.XS)
            self._say(_("Still names this person; a click shows it"), "strong")
            for row, title in {one.row: one.title for one in erased.left}.items():
                self._column.addWidget(Link(title, partial(self._go, row)), 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self.close_button.setFocus()

    def _go(self, row: UUID) -> None:
        show_row(self._session, row)
        self.accept()

    def _refuse(self, error: CrmError) -> None:
        self._enable()
        self.error.setText(str(error))
        self.error.show()


def _what_goes(preview: Preview) -> Iterable[str]:
    yield _("Name, phone, mail, note and form of address: {name}").format(name=preview.name)
    for post in preview.posts:
        yield _("Post: {post}").format(post=post)
    n = preview.visits
    if n:
        yield ngettext("Title held at {n} visit", "Titles held at {n} visits", n).format(n=n)
    if preview.drafts:
        yield ngettext("{n} draft of a form", "{n} drafts of forms", preview.drafts).format(n=preview.drafts)
    yield _("What history and search know of this person")


def open_erasing(session: Session, parent: QWidget, contact_id: UUID) -> EraseDialog:
    """Open the erasure of a contact."""
    dialog = EraseDialog(session, parent, contact_id)
    dialog.open()
    return dialog

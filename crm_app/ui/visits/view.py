"""One visit, read: facts and people, what was said, what is missing in its colour; beside it what one knew before."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_app.domain import days
from crm_app.domain.visits import INTENT_LABELS, VISIT_MODE_LABELS, VisitMode
from crm_app.i18n import _
from crm_app.services import visits
from crm_app.services.visits import VisitSheet
from crm_app.ui import actions, theme
from crm_app.ui.attachments import AttachmentsCard
from crm_app.ui.attachments.dropping import drop_on_page
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.records.menu import RecordMenu, Target
from crm_app.ui.session import Session
from crm_app.ui.visits.beside import known_cards
from crm_app.ui.visits.context import Asked, Context, read_context
from crm_app.ui.visits.dialog import open_visit
from crm_app.ui.visits.wording import met, our_names, step
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.labelled import column, heading
from crm_app.ui.widgets.turns import paint_next_turn

_FACTS_WIDTH, _BESIDE_WIDTH = 320, 340
_WIDE = 1400
"""The width of the page from which the visit before and the attachments stand beside what was said."""


class VisitView(QWidget):
    """A page of the place of trips. ``failed`` carries the sentence where the visit cannot be shown."""

    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._sheet: VisitSheet | None = None
        self._visit: UUID | None = None
        self._cards: tuple[QFrame, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.M)
        layout.addLayout(self._head())
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.attachments = AttachmentsCard(session, self)
        self._make_body()
        layout.addWidget(self._area, 1)
        actions.make("edit", self, self.edit)
        actions.make("note", self, self._note)
        actions.make("print_record", self, self._print)
        actions.make("attach", self, self.attachments.choose)
        drop_on_page(session, self, lambda _spot: self.attachments.target)

    def _make_body(self) -> None:
        """Lay out the two columns; their cards are made for each visit, that of the attachments stays."""
        body = QWidget()
        body.setProperty("role", "clear")
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.L)
        self._left, self._right = QVBoxLayout(), QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._right.setSpacing(theme.L)
        self._beside = QWidget(body)
        self._known = QVBoxLayout(self._beside)
        self._known.setContentsMargins(0, 0, 0, 0)
        self._known.setSpacing(theme.S)
        self._known.addWidget(self.attachments)
        self._known.addStretch(1)
        self._right.addWidget(self._beside)
        across.addLayout(self._left)
        across.addLayout(self._right, 1)
        self._area.setWidget(body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have what one knows beside what was said where there is room, so that its lines stay short."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= theme.px(_WIDE)
        self._right.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        for part in range(self._right.count()):
            # What was said has the width that is left, what is beside it the height.
            self._right.setStretch(part, int(wide is (part == 0)))
        self._beside.setMinimumWidth(theme.px(_BESIDE_WIDTH) if wide else 0)
        self._beside.setMaximumWidth(theme.px(_BESIDE_WIDTH) if wide else 16_777_215)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.title)
        self._under = QLabel(self)
        self._under.setProperty("role", "muted")
        row.addWidget(self._under)
        row.addStretch(1)
        self.print = self._button(_("Print the visit report"), "printer", self._print, "primary")
        buttons = (
            self.print,
            self._button(actions.spec("edit").title, "pencil", self.edit, tip=actions.spec("edit").shown_keys),
            self._button(actions.spec("note").title, "note", self._note, tip=actions.spec("note").shown_keys),
        )
        for button in buttons:
            row.addWidget(button)
        row.addWidget(RecordMenu(self._session, self, self._target, self._leave))
        Folding(self, row, buttons)
        return row

    def _button(self, text: str, icon: str, run: Callable[[], None], role: str = "", tip: str = "") -> QPushButton:
        button = QPushButton(text, self)
        if role:
            button.setProperty("role", role)
        theme.put_icon(button, icon, "on_accent" if role == "primary" else "text")
        button.setToolTip(tip)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def open(self, visit_id: UUID) -> None:
        """Show a visit."""
        self._visit = visit_id
        self.reload()

    def reload(self) -> None:
        """Read the visit again, where one is shown."""
        visit_id, book = self._visit, self._session.book
        if visit_id is not None:
            asked = Asked(visit_id=visit_id)
            self._latest.read(lambda: read_context(book, asked), self._show, self.failed.emit, owner=self)

    def focus_first(self) -> None:
        """Let Enter print the report."""
        self.print.setFocus()

    def _show(self, context: Context) -> None:
        sheet = context.sheet
        assert sheet is not None, "a visit was asked for"
        self._sheet = sheet
        paint_next_turn(self)
        self.title.setText(sheet.enterprise.name)
        late = _("written up late") if visits.entered_late(sheet.visit) else ""
        self._under.setText(" · ".join(part for part in (days.show_with_weekday(sheet.visit.on), late) if part))
        for card in self._cards:
            card.hide()
            card.deleteLater()
        facts, record, known = self._facts(sheet), self._record(sheet), known_cards(context)
        self._cards = (facts, record, *known)
        self._left.addWidget(facts, 0, Qt.AlignmentFlag.AlignTop)
        self._right.insertWidget(0, record, 0, Qt.AlignmentFlag.AlignTop)
        self._arrange()
        for number, card in enumerate(known):
            self._known.insertWidget(number, card)
        words = _("{name}, visit of {day}").format(name=sheet.enterprise.name, day=days.show_date(sheet.visit.on))
        self.attachments.show_for("visit", sheet.visit.id, words)

    def _card(self) -> tuple[QFrame, QVBoxLayout]:
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.L - theme.link_inset(), theme.M, theme.L, theme.L)
        inside.setSpacing(theme.S)
        return card, inside

    def _facts(self, sheet: VisitSheet) -> QFrame:
        visit = sheet.visit
        card, inside = self._card()
        card.setFixedWidth(theme.px(_FACTS_WIDTH))
        mode = _(VISIT_MODE_LABELS[visit.mode or VisitMode.FACE_TO_FACE])
        theirs = "\n".join(met(contact, title) for contact, title in sheet.their_people)
        self._fact(inside, _("Time"), f"{days.show_date(visit.on)} {visit.time or ''}".rstrip())
        self._fact(inside, _("Place"), visit.place or _("not noted"))
        self._fact(inside, _("Mode"), mode)
        self._fact(inside, _("Our people"), our_names(sheet), gap=True)
        self._fact(inside, _("Our level"), visit.shown("our_level") or _("not noted"))
        self._fact(inside, _("Whom we met"), theirs, gap=True)
        self._link(inside, _("Enterprise"), sheet.enterprise.name, "enterprises", sheet.enterprise.id)
        if sheet.trip is not None:
            self._link(inside, _("Trip"), sheet.trip.title, "trips", sheet.trip.id)
        inside.addStretch(1)
        return card

    def _record(self, sheet: VisitSheet) -> QFrame:
        visit = sheet.visit
        card, inside = self._card()
        self._fact(inside, _("What was said"), visit.talk or "", gap=True)
        self._fact(inside, _("What they ask"), visit.asks or _("not noted"))
        self._fact(inside, _("What was agreed"), visit.consensus or _("not noted"))
        intent = _(INTENT_LABELS[visit.intent]) if visit.intent else _("not noted")
        self._fact(inside, _("Degree of interest"), intent)
        steps = [f"{step(task, owner)} {_('done') if task.done_on else ''}".rstrip() for task, owner in sheet.tasks]
        self._fact(inside, _("Next step"), "\n".join(steps) or _("none"))
        if visit.raw:
            self._fact(inside, _("Pasted text"), visit.raw)
        inside.addStretch(1)
        return card

    def _fact(self, inside: QVBoxLayout, label: str, value: str, *, gap: bool = False) -> None:
        pair = column(2)
        pair.setContentsMargins(theme.link_inset(), 0, 0, 0)
        pair.addWidget(heading(label, "muted"))
        told = heading(value or _("still missing"), "" if value or not gap else "error")
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        pair.addWidget(told)
        inside.addLayout(pair)

    def _link(self, inside: QVBoxLayout, label: str, text: str, place: str, record: UUID) -> None:
        pair = column(0)
        named = heading(label, "muted")
        named.setContentsMargins(theme.link_inset(), 0, 0, 0)
        pair.addWidget(named)
        link = QPushButton(text)
        link.setProperty("role", "link")
        link.clicked.connect(lambda _checked=False: self._session.go(place, record))
        row = QHBoxLayout()
        row.addWidget(link)
        row.addStretch(1)
        pair.addLayout(row)
        inside.addLayout(pair)

    def edit(self) -> None:
        """Open the form with this visit."""
        if self._visit is not None:
            open_visit(self._session, self.window(), visit_id=self._visit)

    def _print(self) -> None:
        if self._visit is not None:
            self._session.go("papers", self._visit, "visit")

    def _note(self) -> None:
        if self._sheet is not None:
            sheet = self._sheet
            open_follow_up(
                self._session,
                self.window(),
                about=sheet.enterprise.name,
                enterprise_id=sheet.enterprise.id,
                visit_id=sheet.visit.id,
            )

    def _target(self) -> Target | None:
        if self._sheet is None or self._visit != self._sheet.visit.id:
            return None
        return Target("visit", self._sheet.visit.id, self.title.text())

    def _leave(self) -> None:
        self._visit = None
        trip = self._sheet.trip if self._sheet else None
        self._session.go("trips", trip.id if trip else None)

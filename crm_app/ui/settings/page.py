"""The page of the settings: parts in a rail at the left under a search over every setting, one part beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from crm_app.i18n import N_, _
from crm_app.ui import actions, theme
from crm_app.ui.page import Page
from crm_app.ui.places import SETTINGS
from crm_app.ui.session import Location, Session
from crm_app.ui.settings.access import AccessPart
from crm_app.ui.settings.book import BookPart
from crm_app.ui.settings.changes import ChangesPart
from crm_app.ui.settings.counting import Counting
from crm_app.ui.settings.general import General
from crm_app.ui.settings.held import Held
from crm_app.ui.settings.lists import Lists, Parks
from crm_app.ui.settings.look import LookPart
from crm_app.ui.settings.offers import Events, PackagedProjects, Sets, YearlyResults
from crm_app.ui.settings.part import Part
from crm_app.ui.settings.rankings import Rankings
from crm_app.ui.settings.recycle_bin import RecycleBinPart
from crm_app.ui.settings.reminders import RemindersPart
from crm_app.ui.settings.security import SecurityPart
from crm_app.ui.settings.staff import People
from crm_app.ui.settings.typefaces import TypefacesPart
from crm_app.ui.settings.workdays import Workdays
from crm_app.ui.widgets.headed_list import HeadedList
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

P = TypeVar("P", bound=Part)
_RAIL_WIDTH = 192
_LEFT = "settings"
"""What the settings of the laptop know the part by that was shown last."""
PARTS: tuple[tuple[str, str, type[Part]], ...] = (
    ("general", N_("General"), General),
    ("look", N_("Look"), LookPart),
    ("reminders", N_("Reminders"), RemindersPart),
    ("people", N_("Colleagues"), People),
    ("parks", N_("Parks"), Parks),
    ("lists", N_("Lists"), Lists),
    ("typefaces", N_("Fonts of papers"), TypefacesPart),
    ("targets", N_("Targets"), Held),
    ("rankings", N_("Rankings"), Rankings),
    ("events", N_("Events"), Events),
    ("packaged", N_("Packaged projects"), PackagedProjects),
    ("sets", N_("Sets of projects"), Sets),
    ("annuals", N_("Yearly results"), YearlyResults),
    ("counting", N_("Counting rules"), Counting),
    ("workdays", N_("Holidays"), Workdays),
    ("book", N_("Book and backup"), BookPart),
    ("security", N_("Security"), SecurityPart),
    ("changes", N_("Change list"), ChangesPart),
    ("recycle_bin", N_("Recycle bin"), RecycleBinPart),
    ("access", N_("Who took what out"), AccessPart),
)
"""Name of the view, words, and the part."""
_MAKERS = {name: make for name, _words, make in PARTS}
_WORDS = {name: words for name, words, _make in PARTS}
HEADS = {
    "general": N_("The program"),
    "people": N_("The bureau"),
    "targets": N_("Figures"),
    "book": N_("The book"),
}
"""What stands in the rail above the part it begins with."""
FINDS: dict[str, tuple[str, ...]] = {
    "general": (N_("Bureau"), N_("My name"), N_("QR code on papers"), N_("Language")),
    "look": (N_("Appearance"), N_("Size of the letters"), N_("Spacing of the rows"), N_("Motion")),
    "reminders": (N_("The working day begins at"), N_("Quiet hours")),
    "people": (N_("Add a colleague"), N_("No longer with us")),
    "parks": (N_("Investment per mu, at least"),),
    "lists": (N_("Clusters"), N_("Industries"), N_("Honours"), N_("Channels"), N_("Sources of leads"), N_("Campaigns")),
    "typefaces": (N_("Choose a file…"),),
    "targets": (N_("Set a target"), N_("Forecasts"), N_("Issuer")),
    "rankings": (N_("Enter a ranking"), N_("Document number")),
    "events": (N_("Publicity"), N_("Sessions")),
    "packaged": (N_("Signed as"),),
    "sets": (N_("Named in the bulletin"),),
    "annuals": (N_("Output"), N_("Tax")),
    "counting": (
        N_("Thresholds of the bands"),
        N_("A major project has at least"),
        N_("A trip belongs to the window"),
        N_("Rates are a share of"),
        N_("Metrics of the league table, the deciding one first"),
    ),
    "workdays": (N_("Enter days"), N_("Holiday"), N_("Working day")),
    "book": (N_("Back up now"), N_("Check the book"), N_("Rebuild the search index")),
    "security": (N_("Password"), N_("Lock after"), N_("New recovery key…")),
}
"""What can be set in a part beyond its name, as the search finds it."""
_NAME = Qt.ItemDataRole.UserRole


class SettingsPage(Page):
    """The view of a Location names the part."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.search = TextField(self, placeholder=_("Find a setting"))
        self.search.setClearButtonEnabled(True)
        self.search.committed.connect(self._filter)
        self.search.returnPressed.connect(self._enter)
        self.rail = HeadedList(self)
        self.rail.setAccessibleName(_("Settings"))
        self.rail.setProperty("role", "sections")
        self._stack = QStackedWidget(self)
        self.parts: dict[str, Part] = {}
        """Those that were shown, or made beforehand."""
        self.rail.currentItemChanged.connect(lambda item, _before: self._show(item))
        left = QWidget(self)
        left.setFixedWidth(theme.px(_RAIL_WIDTH))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self.search)
        column.addWidget(self.rail, 1)
        self.title = QLabel(self)
        self.title.setProperty("role", "heading")
        # What a part begins with stands in line with the rail.
        self.title.setMinimumHeight(theme.CONTROL)
        right = QVBoxLayout()
        right.setSpacing(theme.XS)
        right.addWidget(self.title)
        right.addWidget(self._stack, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        across.setSpacing(theme.L)
        across.addWidget(left)
        across.addLayout(right, 1)
        actions.make("find", left, self.search.setFocus)
        shown = session.settings.last(_LEFT)
        with QSignalBlocker(self.rail):
            self._list()
        self._choose(shown if shown in _MAKERS else "general")

    def _list(self) -> None:
        """List every part under its head."""
        for name, words, _make in PARTS:
            if name in HEADS:
                self.rail.add_head(_(HEADS[name]))
            self._entry(name, _(words))

    def _entry(self, name: str, words: str) -> None:
        entry = QListWidgetItem(words, self.rail)
        entry.setData(_NAME, name)
        entry.setToolTip(words)
        # Rows are measured before the stylesheet is known, so their height is given.
        entry.setSizeHint(QSize(0, theme.ROW))

    def _filter(self, typed: str) -> None:
        """List the settings a search finds, or every part again."""
        here = self._shown()
        with QSignalBlocker(self.rail):
            self.rail.clear()
            if not typed.strip():
                self._list()
                self._choose(here)
                return
            for name, words, _make in PARTS:
                if fits(typed, _(words)):
                    self._entry(name, _(words))
                for found in FINDS.get(name, ()):
                    if fits(typed, _(found)):
                        self._entry(name, _("{setting} · {part}").format(setting=_(found), part=_(words)))
            if not self.rail.count():
                nothing = QListWidgetItem(_("Nothing fits"), self.rail)
                nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        if self.rail.item(0).data(_NAME):
            self.rail.setCurrentRow(0)

    def _enter(self) -> None:
        """Go to what the search found first."""
        self.search.commit_now()
        self.parts[self._shown()].focus_first()

    def _shown(self) -> str:
        return next(name for name, part in self.parts.items() if part is self._stack.currentWidget())

    def _choose(self, name: str) -> None:
        rows = [row for row in range(self.rail.count()) if self.rail.item(row).data(_NAME) == name]
        if rows:
            self.rail.setCurrentRow(rows[0])

    def _show(self, item: QListWidgetItem | None) -> None:
        name = item.data(_NAME) if item is not None else None
        if name is None:
            return
        part = self._made(name)
        self._stack.setCurrentWidget(part)
        self.title.setText(_(_WORDS[name]))
        self.session.settings.set_last(_LEFT, name)
        part.load()

    def show_location(self, location: Location) -> None:
        """Show the part a view names; without one, the part shown last."""
        if location.view in _MAKERS:
            self.search.clear()
            self.search.commit_now()
            self._choose(location.view)

    def help(self) -> str:
        """Return the part that is shown: the handbook has a page about most."""
        return f"{SETTINGS}/{self._shown()}"

    def part(self, kind: type[P]) -> P:
        """Return the part of exactly a kind."""
        found = self._made(next(name for name, make in _MAKERS.items() if make is kind))
        assert isinstance(found, kind)
        return found

    def _made(self, name: str) -> Part:
        if name not in self.parts:
            part = self.parts[name] = _MAKERS[name](self.session, self)
            self._stack.addWidget(part)
        return self.parts[name]

    def ahead(self) -> Iterator[object]:
        """Make the parts that are not shown at first."""
        for name in _MAKERS:
            yield self._made(name)

    def refresh(self, changes: Changes) -> None:
        """Let every part read again what it shows."""
        for part in self.parts.values():
            part.refresh(changes)

    def focus_first(self) -> None:
        """Let the arrow keys walk the parts."""
        self.rail.setFocus()

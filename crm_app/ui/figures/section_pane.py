"""A section in full: its head, how it is counted, its chart, and beside it the table or the rows of a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from crm_app.i18n import _
from crm_app.ui import actions, theme
from crm_app.ui.figures.chart import ChartView
from crm_app.ui.figures.definition_card import DefinitionCard
from crm_app.ui.figures.picture import Caption, picture
from crm_app.ui.figures.rows_pane import RowsPane
from crm_app.ui.figures.section import Section, Shape
from crm_app.ui.figures.tables import LineTable
from crm_app.ui.session import Session
from crm_app.ui.widgets.copying import put
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.parts import button, combo, label

Asked = tuple[str, Sequence[UUID]]
"""What rows are called, and which they are."""

NOW = 0
"""The series of the window itself; the other one is of what it is compared with, or how a step was come to."""

_CHART, _TABLE, _ROWS = 0, 1, 2
_SPLIT = "figures-split"
_ARROW = 48
"""What stands around the words of the measure."""
_LEAST_SIDE, _MOST_SIDE = 0.4, 0.7
"""The parts of the width that the table beside a chart takes, until its border is moved."""


def _nothing() -> tuple[str, str]:
    """Return what is said of a section that has no line in the window."""
    return (
        _("Nothing in this window"),
        _("Choose another window above. Figures stand on what is logged: leads, trips, visits, signings."),
    )


class SectionPane(QFrame):
    """Shows one section. ``bureau`` and ``on`` are what a copied picture says at its foot."""

    row_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._session = session
        self._section: Section | None = None
        self._names: Sequence[str] = ()
        self._has_chart = False
        self._measures: dict[str, int] = {}
        self._source = ""
        self._again: Callable[[], Asked | None] | None = None
        self.title = label("", "heading", self)
        self.note = Elided(role="muted", parent=self)
        self.measure: QComboBox = combo(_("Measure"), (), self._take_measure, self)
        self.measure.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.define = button(_("How this is counted"), self._toggle_definition, self, "quiet")
        self.define.setCheckable(True)
        theme.put_icon(self.define, "help")
        self.copy = button(_("Copy picture"), self.copy_picture, self, "quiet")
        self.copy_table = button(_("Copy table"), self._copy_table, self, "quiet")
        self.definition = DefinitionCard(self)
        self.chart = ChartView(self)
        self.told = label("", "muted", self)
        self.tabs = QTabBar(self)
        self.table = LineTable(self)
        self.rows = RowsPane(session, self)
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.chart.chosen.connect(self._take_spot)
        self.chart.told.connect(self.told.setText)
        self.table.taken.connect(self._take_line)
        self.table.copy_wanted.connect(self._copy_table)
        self.rows.row_wanted.connect(self.row_wanted)
        self.rows.left.connect(self._back)
        self.tabs.currentChanged.connect(self._side.setCurrentIndex)
        actions.make("copy_chart", self.chart, self.copy_picture)
        actions.make("copy_chart_table", self.chart, self._copy_table)
        actions.make("define", self, self.define.click)
        for widget, name in ((self.define, "define"), (self.copy, "copy_chart"), (self.copy_table, "copy_chart_table")):
            widget.setToolTip(f"{actions.spec(name).title}  {actions.spec(name).shown_keys}")

    def _lay_out(self) -> None:
        self._head = self._make_head()
        self._drawn = self._make_drawn()
        self.split = self._make_split()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.S, theme.XS, theme.S, theme.XS)
        layout.setSpacing(theme.XS)
        layout.addLayout(self._head)
        layout.addWidget(self.definition)
        layout.addWidget(self.split, 1)
        self.empty = EmptyState(*_nothing(), icon="chart-bar", parent=self)
        self.no_targets = EmptyState(
            _("No target is set for this window"),
            _("With a target the figures show how much of it is reached, beside the time that is gone."),
            icon="chart-bar",
            step=_("Set a target"),
            run=lambda: self._session.go("settings", None, "targets"),
            parent=self,
        )
        for empty in (self.empty, self.no_targets):
            empty.hide()
            layout.addWidget(empty, 1)

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self.title)
        head.addWidget(self.note, 1)
        for widget in (self.measure, self.define, self.copy, self.copy_table):
            head.addWidget(widget)
        theme.put_icon(self.copy, "photo")
        theme.put_icon(self.copy_table, "copy")
        Folding(self, head, (self.define, self.copy, self.copy_table))
        return head

    def _make_drawn(self) -> QWidget:
        """Return the chart and, below it, what is told of the bar under the cursor."""
        self._held = QScrollArea(self)
        self._held.setWidgetResizable(True)
        self._held.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._held.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._held.setWidget(self.chart)
        # It stands on the card.
        self.chart.setAutoFillBackground(False)
        drawn = QWidget(self)
        column = QVBoxLayout(drawn)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self._held, 1)
        self.told.setMinimumHeight(theme.L)
        column.addWidget(self.told)
        return drawn

    def _make_beside(self) -> QWidget:
        """Return the tabs with what stands behind them; where there is no room for the chart it is among them."""
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        # Beside a title it is the buttons that give way.
        self.tabs.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.tabs.setAccessibleName(_("Table and rows"))
        self.tabs.addTab(_("Chart"))
        self.tabs.setTabVisible(_CHART, False)
        self.tabs.addTab(_("Table"))
        self.tabs.addTab(_("Rows"))
        self._side = QStackedWidget(self)
        self._behind = QVBoxLayout()
        self._behind.setContentsMargins(0, 0, 0, 0)
        behind = QWidget(self)
        behind.setLayout(self._behind)
        self._side.addWidget(behind)
        self._side.addWidget(self.table)
        self._side.addWidget(self.rows)
        beside = QWidget(self)
        self._beside = QVBoxLayout(beside)
        self._beside.setContentsMargins(theme.XS, 0, 0, 0)
        self._beside.setSpacing(theme.XS)
        self._beside.addWidget(self.tabs)
        self._beside.addWidget(self._side, 1)
        return beside

    def _make_split(self) -> QSplitter:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setProperty("role", "open")
        split.addWidget(self._drawn)
        split.addWidget(self._make_beside())
        kept = self._session.settings.geometry(_SPLIT)
        self._moved = split.restoreState(QByteArray.fromBase64(kept.encode()))
        split.splitterMoved.connect(lambda _at, _number: self._keep_split())
        return split

    def put(self, section: Section, names: Sequence[str], source: str) -> None:
        """Show a section; ``names`` are those of its windows, ``source`` the foot of a picture of it."""
        other = self._section is None or self._section.id != section.id
        self._section, self._names, self._source = section, names, source
        self.title.setText(section.title)
        self.note.say(section.note)
        self.definition.put(section.definition)
        self.measure.clear()
        for place, one in enumerate(section.measures):
            self.measure.addItem(one.name, place)
        self.measure.setCurrentIndex(self._measures.get(section.id, 0))
        self.measure.setVisible(len(section.measures) > 1)
        lines = section.lines if section.says_something else ()
        self._has_chart = section.shape is not Shape.NONE and bool(section.drawn) and bool(lines)
        self._drawn.setVisible(self._has_chart)
        self.copy.setVisible(self._has_chart)
        self.empty.say(*(section.empty or _nothing()))
        self.empty.setVisible(not lines and section.id != "targets")
        self.no_targets.setVisible(not section.lines and section.id == "targets")
        if other:
            self.told.clear()
            self._again = None
            self.tabs.setCurrentIndex(self._first)
        self._show_split()
        self._fill()
        self._show_again()

    def _show_split(self) -> None:
        """Show chart and table, or the rows asked for, where there are any."""
        nothing = self.empty.isVisibleTo(self) or self.no_targets.isVisibleTo(self)
        self.split.setVisible(not nothing)
        self.copy_table.setVisible(not nothing)

    def _fill(self) -> None:
        if self._section is None:
            return
        place = max(self.measure.currentIndex(), 0)
        # As wide as the longest where there is room; where there is none, what is chosen stays whole.
        spare = self.measure.fontMetrics().horizontalAdvance(self.measure.currentText()) + theme.px(_ARROW)
        self.measure.setMinimumWidth(min(spare, self.measure.sizeHint().width()))
        self.chart.put(self._section, place, self._names)
        self.table.put(self._section, place, self._names)
        # Narrower than this the values beside the bars would be cut.
        self._held.setMinimumWidth(
            self.chart.minimumSizeHint().width() + self._held.verticalScrollBar().sizeHint().width()
        )
        self._divide()

    def _divide(self) -> None:
        """Give the table what it wants, within reason; where the border was moved it stays.

        Where chart and table have no room beside one another, each is behind a tab of its own.
        """
        whole = self.split.width()
        least, wanted = self.table.least_width() + theme.XS, self.table.wanted_width() + theme.XS
        self._put_behind(self._has_chart and least + self._held.minimumWidth() + self.split.handleWidth() > whole)
        self._put_tabs(beside_title=self._is_behind or not self._has_chart)
        if not self._moved and not self._is_behind:
            side = min(max(wanted, round(_LEAST_SIDE * whole)), max(least, round(_MOST_SIDE * whole)))
            self.split.setSizes([whole - side, side])

    @property
    def _is_behind(self) -> bool:
        """Whether the chart is behind a tab."""
        return self.tabs.isTabVisible(_CHART)

    def _put_behind(self, behind: bool) -> None:
        """Put the chart behind a tab of its own, or beside the tabs."""
        if behind is self._is_behind:
            return
        if behind:
            self._behind.addWidget(self._drawn)
        else:
            self.split.insertWidget(0, self._drawn)
        self._drawn.setVisible(self._has_chart)
        self.tabs.setTabVisible(_CHART, behind)
        if self.tabs.currentIndex() != _ROWS:
            self.tabs.setCurrentIndex(self._first)

    def _put_tabs(self, *, beside_title: bool) -> None:
        """Put the tabs beside the title, where what is behind them has the whole width and needs the height."""
        wanted = self._head if beside_title else self._beside
        if wanted.indexOf(self.tabs) < 0:
            wanted.insertWidget(1 if beside_title else 0, self.tabs)
            # A widget in another place is shown in the next turn, and the keyboard may come to it before.
            self.tabs.show()
            self._beside.setContentsMargins(0 if beside_title else theme.XS, 0, 0, 0)
        self.tabs.updateGeometry()

    @property
    def _first(self) -> int:
        """The tab a section is shown in at first."""
        return _CHART if self._is_behind else _TABLE

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the new width."""
        super().resizeEvent(event)
        self._divide()

    def _keep_split(self) -> None:
        self._moved = True
        state = bytes(self.split.saveState().toBase64().data()).decode()
        self._session.settings.set_geometry(_SPLIT, state)

    def _take_measure(self) -> None:
        if self._section is not None:
            self._measures[self._section.id] = self.measure.currentIndex()
            self._fill()

    def _toggle_definition(self) -> None:
        self.definition.setVisible(self.define.isChecked())

    def _take_spot(self, number: int, series: int) -> None:
        if self._section is not None:
            self._show_rows_of(self._section.drawn[number].name, series)

    def _take_line(self, row: int) -> None:
        if self._section is not None:
            self._show_rows_of(self._section.lines[row].name, NOW)

    def _show_rows_of(self, name: str, side: int) -> None:
        found = self._rows_of(name, side)
        if found is not None:
            self.show_rows(*found, lambda: self._rows_of(name, side))

    def _rows_of(self, name: str, side: int) -> Asked | None:
        """Return the rows of a line by its name, in the section as it is shown now; None where it has no such line."""
        section = self._section
        line = next((line for line in section.lines if line.name == name), None) if section else None
        if section is None or line is None or (side and section.shape is not Shape.FUNNEL and len(self._names) < 2):
            return None
        if side == NOW:
            return name, line.rows_of(self.chart.measure)
        if section.shape is Shape.FUNNEL:
            return _("{step}, come on from the step before").format(step=name), line.beside_rows
        words = _("{name}, {window}").format(name=name, window=self._names[1])
        return words, line.rows_of(self.chart.measure, then=True)

    def _show_again(self) -> None:
        """Show the rows asked for as they are now: of the window chosen now, after what was written meanwhile."""
        if self.tabs.currentIndex() != _ROWS or self._again is None:
            return
        found = self._again()
        if found is None:
            self._again = None
            self.tabs.setCurrentIndex(self._first)
        else:
            self.rows.show_rows(*found)

    def show_rows(self, title: str, ids: Sequence[UUID], again: Callable[[], Asked | None]) -> None:
        """Show the rows of a figure in place of the table, and let the arrow keys walk them.

        ``again`` answers title and rows of the same figure once others are known.
        """
        self._again = again
        for empty in (self.empty, self.no_targets):
            empty.hide()
        self._show_split()
        self.tabs.setCurrentIndex(_ROWS)
        self.rows.show_rows(title, ids)
        self.rows.table.setFocus()

    def _back(self) -> None:
        self.tabs.setCurrentIndex(self._first)
        (self.chart if self._drawn.isVisible() else self.table).setFocus()

    def caption(self) -> Caption:
        """Return the words around a picture of the chart."""
        section = self._section
        assert section is not None, "a caption is of a section"
        words = section.measures[self.chart.measure].name if len(section.measures) > 1 else ""
        title = f"{section.title} · {words}" if words else section.title
        window = self._names[0]
        if section.compared and len(self._names) > 1:
            window = _("{window}, compared with {other}").format(window=window, other=self._names[1])
        return Caption(title, window, self._source)

    def copy_picture(self) -> None:
        """Put the chart into the clipboard as a picture, whole however much of it is in sight."""
        if self._section is None or not self._section.drawn:
            return
        made = picture(self._section, self.chart.measure, self._names, self.caption(), self.font())
        QGuiApplication.clipboard().setImage(made)
        self._session.say(_("The chart is copied as a picture."))

    def _copy_table(self) -> None:
        put(self.table.table())
        self._session.say(_("The table is copied."))

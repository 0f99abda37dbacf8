"""The head of an enterprise's page: the way back and to the neighbours, what can be done, the name and its badges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_app.domain.enterprises import Category
from crm_app.i18n import _
from crm_app.ui import actions, theme
from crm_app.ui.enterprises.honours import has_expired
from crm_app.ui.enterprises.reading import Shown
from crm_app.ui.enterprises.section import Badge, small_button, stage_badge
from crm_app.ui.records.menu import RecordMenu
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.parts import back_button

_ICON_ONLY = 40
"""The width of a button without words."""
_MOST_BADGES = 3


class Heading(QWidget):
    """``runs`` are the actions its buttons do, by their names; the first is the one most wanted."""

    def __init__(
        self,
        parent: QWidget,
        back: Callable[[], object],
        step: Callable[[int], object],
        runs: Mapping[str, Callable[[], object]],
        menu: RecordMenu,
    ) -> None:
        super().__init__(parent)
        self.title = Elided("", "title", self)
        self.subtitle = Elided("", "muted", self)
        self._shown_badges: list[Badge] = []
        self._badges = QHBoxLayout()
        self._badges.setSpacing(theme.XS)
        bar = QHBoxLayout()
        bar.setSpacing(theme.S)
        bar.addWidget(back_button(_("All enterprises"), back, self))
        for name, by in (("record_before", -1), ("record_after", 1)):
            spec = actions.spec(name)
            button = small_button(spec.icon, spec.title, partial(step, by))
            button.setToolTip(f"{spec.title}  {spec.shown_keys}")
            bar.addWidget(button)
        bar.addStretch(1)
        self._buttons = [self._button(name, run) for name, run in runs.items()]
        for made in self._buttons:
            bar.addWidget(made)
        bar.addWidget(menu)
        Folding(self, bar, self._buttons)
        called = QHBoxLayout()
        called.setContentsMargins(0, 0, 0, 0)
        called.setSpacing(theme.M)
        called.addWidget(self.title)
        called.addLayout(self._badges)
        called.addStretch(1)
        under = QVBoxLayout()
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.subtitle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addSpacing(theme.XS)
        layout.addLayout(called)
        layout.addLayout(under)

    def _button(self, name: str, run: Callable[[], object]) -> QPushButton:
        spec = actions.spec(name)
        words = {"log": _("New lead"), "print_record": _("Print the one-pager")}.get(name, spec.title)
        button = QPushButton(words, self)
        button.setToolTip(words if name == "log" else f"{words}  {spec.shown_keys}")
        button.setAccessibleName(words)
        button.setMinimumWidth(theme.px(_ICON_ONLY))
        first = name == "note"
        if first:
            button.setProperty("role", "primary")
        theme.put_icon(button, spec.icon, "on_accent" if first else "text")
        button.clicked.connect(lambda _checked=False: run())
        return button

    def put(self, known: Shown) -> None:
        """Show whose page it is."""
        enterprise = known.page.enterprise
        self.title.say(enterprise.name)
        what = enterprise.shown("category") if enterprise.category is not Category.COMPANY else ""
        parts = (what, enterprise.region, enterprise.shown("cluster"), enterprise.products)
        self.subtitle.say(
            " · ".join(" ".join(part.split()) for part in parts if part) or _("Nothing else is known yet")
        )
        for gone in self._shown_badges:
            gone.hide()
            gone.deleteLater()
        badges = [stage_badge(stage) for stage in dict.fromkeys(known.page.stages.values())]
        badges += [Badge(label.shown("honour")) for label in known.page.labels if not has_expired(label)]
        self._shown_badges = badges[:_MOST_BADGES]
        for badge in self._shown_badges:
            self._badges.addWidget(badge)

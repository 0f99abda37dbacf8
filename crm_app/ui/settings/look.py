"""How the window looks: light or dark, the size of the letters, how close rows stand, whether things move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QFormLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from crm_app.i18n import N_, _
from crm_app.settings import FONT_SIZES
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted

_LOOKS = (("auto", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark")))
_DENSITIES = (("comfortable", N_("Comfortable")), ("compact", N_("Compact")))
_MOTIONS = (("auto", N_("As the system")), ("on", N_("On")), ("off", N_("Off")))


class LookPart(Part):
    """Each choice is taken at once: the window itself is the preview."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        kept = session.settings
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)
        self.choices: dict[str, QButtonGroup] = {}
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(theme.L)
        self._form.setVerticalSpacing(theme.S)
        self._column.addLayout(self._form)
        self._choice("look", _("Appearance"), _translated(_LOOKS), kept.look, session.set_look)
        sizes = [(size, f"{size} %") for size in FONT_SIZES]
        self._choice("font_size", _("Size of the letters"), sizes, kept.font_size, self._set_font_size)
        self._choice("density", _("Spacing of the rows"), _translated(_DENSITIES), kept.density, self._set_density)
        self._choice("motion", _("Motion"), _translated(_MOTIONS), kept.motion, session.set_motion)
        self._column.addWidget(muted(_("With motion off nothing slides or pulses; everything works as before."), self))
        self._column.addStretch(1)

    def _choice(
        self, name: str, words: str, entries: Sequence[tuple[Any, str]], chosen: Any, run: Callable[[Any], object]
    ) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        label = QLabel(words, self)
        label.setMinimumWidth(theme.px(96))
        group = QButtonGroup(self)
        for value, shown in entries:
            button = QToolButton(self)
            button.setProperty("role", "choice")
            button.setCheckable(True)
            button.setText(shown)
            button.setAccessibleName(f"{words}: {shown}")
            # The window is built anew with other sizes, and gives the keyboard back by this name.
            button.setObjectName(f"look-{name}-{value}")
            button.setChecked(value == chosen)
            button.clicked.connect(lambda _checked=False, value=value: run(value))
            group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.choices[name] = group
        self._form.addRow(label, row)

    def _set_font_size(self, value: int) -> None:
        self.session.set_sizes(value, self.session.settings.density)

    def _set_density(self, value: str) -> None:
        self.session.set_sizes(self.session.settings.font_size, value)

    def focus_first(self) -> None:
        """Start at the look in use."""
        chosen = self.choices["look"].checkedButton()
        if chosen is not None:
            chosen.setFocus()


def _translated(entries: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, _(words)) for value, words in entries]

"""The switches of counting, printed under the tables they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_app.domain import amounts
from crm_app.domain.attainment import DENOMINATOR_LABELS, Denominator
from crm_app.domain.counting_policy import (
    EXPANSION_LABELS,
    SECOND_FORMAL_LABELS,
    SUPPLEMENT_LABELS,
    Expansion,
    Policy,
    SecondFormal,
    Supplement,
)
from crm_app.domain.fields import Field, When
from crm_app.domain.figures import Rules
from crm_app.domain.kinds import Day, Money, Option, Several, Tags, Text
from crm_app.domain.outings import COUNTED_BY_LABELS, CountedBy
from crm_app.domain.targets import METRIC_LABELS, Metric
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import N_, _
from crm_app.services import figures
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted
from crm_app.ui.widgets.form import Form
from crm_app.ui.widgets.parts import trouble

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_WIDTH, _HEIGHT = 980, 400
_SECOND = Option(SecondFormal, SECOND_FORMAL_LABELS)
_LEAGUE = Several(Metric, METRIC_LABELS)
_EXPANSION = Option(Expansion, EXPANSION_LABELS)
_FIELDS = (
    Field("thresholds", N_("Thresholds of the bands"), Tags(), When.CREATE),
    Field("major_yuan", N_("A major project has at least"), Money(), When.CREATE),
    Field("major_since", N_("Major projects are counted since (empty: the window's first day)"), Day()),
    Field("trips_by", N_("A trip belongs to the window"), Option(CountedBy, COUNTED_BY_LABELS), When.CREATE),
    Field("denominator", N_("Rates are a share of"), Option(Denominator, DENOMINATOR_LABELS), When.CREATE),
    Field("league", N_("Metrics of the league table, the deciding one first"), _LEAGUE, When.CREATE),
    Field("second_formal", N_("A second formal contract counts"), _SECOND, When.CREATE),
    Field("supplements", N_("A supplement counts"), Option(Supplement, SUPPLEMENT_LABELS), When.CREATE),
    Field("expansions", N_("A contract of an enterprise here counts"), _EXPANSION, When.CREATE),
    Field("since", N_("Counted so since"), Day()),
    Field("reason", N_("Why figures are counted so (shown with the figures)"), Text()),
)


def values_of_rules(rules: Rules) -> dict[str, Any]:
    """Return the rules as the form shows them; the thresholds as short amounts."""
    return {
        "thresholds": tuple(amounts.show_yi(yuan) for yuan in rules.thresholds),
        "major_yuan": rules.major_yuan,
        "major_since": rules.major_since,
        "trips_by": rules.trips_by,
        "denominator": rules.denominator,
        "league": rules.league,
        "second_formal": rules.contracts.second_formal,
        "supplements": rules.contracts.supplements,
        "expansions": rules.contracts.expansions,
        "since": rules.since,
        "reason": rules.reason,
    }


def rules_of(values: dict[str, Any]) -> Rules:
    """Return the rules typed; raise BadInput for a threshold that is no amount."""
    try:
        thresholds = tuple(sorted({amounts.parse_money(text) for text in values["thresholds"]}))
    except BadInput as error:
        raise BadInput(str(error), field="thresholds") from error
    chosen = {name: values[name] for name in ("second_formal", "supplements", "expansions", "since")}
    others = {name: value for name, value in values.items() if name not in chosen}
    told = {"thresholds": thresholds, "since": values["since"]}
    return Rules(**(others | told), contracts=Policy(**chosen))


def _save(book: Book, values: dict[str, Any]) -> Outcome[None]:
    return figures.change_rules(book, rules_of(values))


class Counting(Part):
    """A form that stands open; Ctrl+Enter or the button saves it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.form = Form(session, _FIELDS, self, columns=2)
        self.form.submitted.connect(self._save)
        self.form.edited.connect(self._edit)
        self.form.setMaximumSize(theme.size(_WIDTH, _HEIGHT))
        self.error = trouble(self)
        save = QPushButton(_("Save"), self)
        save.setProperty("role", "primary")
        save.clicked.connect(lambda _checked=False: self._save())
        row = QHBoxLayout()
        row.addWidget(save)
        row.addWidget(muted(_("Ctrl+Enter saves"), self), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(muted(_("“1 bn and above” includes 1 bn and is cumulative. Papers print these rules."), self))
        layout.addWidget(self.form, 100)
        layout.addWidget(self.error)
        layout.addLayout(row)
        layout.addStretch(1)
        self._initial: dict[str, str] = {}
        self._autosave = session.autosave(self, "settings:counting", self._typed)
        self._kept = self._autosave.restore()

    def load(self) -> None:
        """Read the rules in force."""
        self.session.read(figures.counting_rules, self._put, owner=self)

    def _put(self, rules: Rules) -> None:
        """Show the rules; what is typed otherwise, now or before, stays until it is saved."""
        typed = self._typed()
        self.form.set_values(values_of_rules(rules))
        self._initial = self.form.typed()
        self._kept = {}
        self.form.set_typed(typed)

    def _typed(self) -> dict[str, str]:
        if not self._initial:
            # Typed before the rules were read.
            return self._kept | {name: text for name, text in self.form.typed().items() if text.strip()}
        return {name: text for name, text in self.form.typed().items() if text != self._initial[name]}

    def _edit(self) -> None:
        self._autosave.touch()

    def refresh(self, changes: Changes) -> None:
        """Read them again where a setting changed."""
        if changes.touches("setting"):
            self.load()

    def focus_first(self) -> None:
        """Start at the thresholds."""
        self.form.focus_first()

    def _save(self) -> None:
        self.error.hide()
        try:
            values = self.form.values()
        except BadInput:
            return
        words = _("Change how figures are counted")
        self.session.write(
            words, lambda book, _progress: _save(book, values), lambda _none: self._saved(), self._refuse, owner=self
        )

    def _saved(self) -> None:
        self._autosave.discard()
        self._initial = self.form.typed()
        self.load()

    def _refuse(self, error: CrmError) -> None:
        if not (isinstance(error, BadInput) and self.form.show_error(error)):
            self.error.setText(str(error))
            self.error.show()

"""What one needs to know of an enterprise beside a meeting with it: why, the visit before, what is open with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.projects import Need
from crm_app.domain.tasks import Task
from crm_app.domain.visits import INTENT_LABELS, Visit
from crm_app.i18n import _, ngettext
from crm_app.ui import theme
from crm_app.ui.widgets.labelled import heading

_LONG = 160
"""Characters of what was said last time; the rest is on the visit's own page."""


@dataclass(frozen=True)
class Known:
    """``last`` is the visit before the meeting; ``written`` says whether the meeting is in the book already."""

    last: Visit | None = None
    steps: Sequence[Task] = field(default_factory=list)
    needs: Sequence[Need] = field(default_factory=list)
    purpose: str = ""
    written: bool = False


def known_cards(known: Known) -> list[Callable[[], QFrame]]:
    """Return what makes a card each of what was planned, the visit before, and what is open with an enterprise."""
    return [partial(card, title, lines) for title, lines in _sections(known)]


def _sections(known: Known) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """Yield headings with lines, each with the role of its label; what is not known is said in a line too."""
    today = clock.today()
    if known.purpose:
        yield _("Purpose"), [(known.purpose, "")]
    title = _("The visit before") if known.written else _("Last visit")
    none = _("none is noted before it") if known.written else _("never visited")
    yield title, _of_visit(known.last, today) if known.last is not None else [(none, "muted")]
    owed = [(f"{days.relative(one.due, today)}  {one.what}", "error" if one.due < today else "") for one in known.steps]
    owed += [_owed(need, today) for need in known.needs if need.solved_on is None]
    yield _("What is open with them"), owed or [(_("nothing open"), "muted")]


def _of_visit(last: Visit, today: date) -> list[tuple[str, str]]:
    gone = (today - last.on).days
    ago = ngettext("{n} day ago", "{n} days ago", gone).format(n=gone)
    lines = [(f"{days.show_date(last.on)}  {ago}", "muted")]
    if last.intent:
        lines.append((_(INTENT_LABELS[last.intent]), "muted"))
    return lines + [(_short(text), "") for text in (last.talk, last.asks, last.consensus) if text]


def _owed(need: Need, today: date) -> tuple[str, str]:
    what = " ".join(part for part in (need.shown("kind"), need.text) if part)
    due = f"  {days.relative(need.due, today)}" if need.due else ""
    label = _("promised: {what}") if need.promised_on else _("asked: {what}")
    late = need.due is not None and need.due < today
    return label.format(what=what) + due, "error" if late else ""


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONG else f"{words[:_LONG]}…"


def card(title: str, lines: Sequence[tuple[str, str]]) -> QFrame:
    """Return a card with a title, and below it lines with the role of each."""
    made = QFrame()
    made.setProperty("role", "card")
    inside = QVBoxLayout(made)
    inside.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
    inside.setSpacing(theme.XS)
    inside.addWidget(heading(title, "strong"))
    for text, role in lines:
        label = heading(text, role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.addWidget(label)
    return made

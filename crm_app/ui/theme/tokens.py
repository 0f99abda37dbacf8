"""What a palette is made of.

Colour is used only where it means something: accent (where you are, what to do next), stage, overdue, gap.
Text colours stand at 4.5:1 or better on every ground they are used on, marks at 3:1 (WCAG 2.1, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Badge:
    """The two colours of a badge: a quiet ground and the text on it."""

    ground: str
    text: str


@dataclass(frozen=True)
class Palette:
    """One look. Every colour is ``#rrggbb``; names say the role, never the hue."""

    name: str
    dark: bool
    window: str
    base: str
    raised: str
    hover: str
    chosen: str
    """The ground of what is chosen where the keyboard is elsewhere."""
    border: str
    edge: str
    scroll: str
    skeleton: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    on_soft: str
    overdue: str
    gap: str
    good: str
    danger_soft: str
    warn_soft: str
    toast: str
    on_toast: str
    veil: str
    """What darkens the window under a dialog in a picture."""
    paper: str
    neutral: Badge
    stages: Mapping[str, Badge]

    def stage(self, code: str) -> Badge:
        """Return the badge of a stage by its code; a quiet one for what is no stage."""
        return self.stages.get(code, self.neutral)


_ROWS = ("base", "hover", "chosen", "accent_soft")
"""The grounds of a row of a list, as it lies, under the mouse, and chosen with and without the keyboard."""

TEXT_ON: Mapping[str, tuple[str, ...]] = {
    "text": ("window", "raised", "danger_soft", "warn_soft", "skeleton", *_ROWS),
    "muted": ("window", "raised", *_ROWS),
    "accent": ("window", "raised", "base", "hover"),
    "on_accent": ("accent", "accent_hover"),
    "on_soft": ("window", "raised", *_ROWS),
    "overdue": ("window", "raised", "danger_soft", *_ROWS),
    "gap": ("window", "raised", "warn_soft", *_ROWS),
    "good": ("window", "raised", *_ROWS),
    "on_toast": ("toast",),
    "toast": ("on_toast",),
}
"""Colour of a text → the grounds it stands on; 4.5:1 and better."""

MARKS_ON: Mapping[str, tuple[str, ...]] = {
    "edge": ("window", "raised", "base"),
    "accent": ("window", "raised", "skeleton", *_ROWS),
    "muted": ("window", "raised", "base"),
    "text": ("window", "raised", "base"),
    "overdue": ("window", "raised", "danger_soft", *_ROWS),
    "on_accent": ("accent",),
    "on_toast": ("toast",),
}
"""Colour of what is no text (the border of a control, the ring, an icon, a bar) → its grounds; 3:1 and better."""

DECORATION = ("border", "scroll", "veil", "paper")
"""Colours that carry no meaning of their own: what they part is told by its place too."""

"""How large everything is: the scales of the design, at the font size and the density in use.

Type, rows, controls and widths follow the font size, so that nothing is cut at 150 %; the spaces between things follow
the density alone, so that a larger font leaves as much room for words as there is.
"""

from __future__ import annotations

from dataclasses import dataclass

COMFORTABLE, COMPACT = "comfortable", "compact"

# Points on a 96 dpi screen would blur the scale: sizes are device-independent pixels.
_TYPE = (12, 13, 15, 18, 22)
_SPACING = {COMFORTABLE: (4, 8, 12, 16, 24), COMPACT: (3, 6, 9, 12, 18)}
_ROW = {COMFORTABLE: 26, COMPACT: 22}
_CONTROL = {COMFORTABLE: 30, COMPACT: 26}


@dataclass(frozen=True)
class Sizes:
    """The scales at a font size in per cent and a density."""

    font: int = 100
    density: str = COMFORTABLE

    def px(self, pixels: float) -> int:
        """Return so many pixels of the design at the font size in use."""
        return round(pixels * self.font / 100)

    @property
    def type(self) -> tuple[int, int, int, int, int]:
        """Return the type scale: small, body, large, title, display."""
        small, body, large, title, display = (self.px(size) for size in _TYPE)
        return small, body, large, title, display

    @property
    def spacing(self) -> tuple[int, int, int, int, int]:
        """Return the spacing scale, from XS to XL."""
        return _SPACING[self.density]

    @property
    def row(self) -> int:
        """Return the height of a list row: 20 of them and more on a 1366×768 screen."""
        return self.px(_ROW[self.density])

    @property
    def control(self) -> int:
        """Return the height of a field or a button."""
        return self.px(_CONTROL[self.density])

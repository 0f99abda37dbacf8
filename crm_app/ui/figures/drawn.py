"""A section as a chart: its lines as what the geometry measures, with the sentence that tells each value."""

from __future__ import annotations

from collections.abc import Sequence

from crm_app.i18n import _
from crm_app.services.charts import Drawing, Frame, Measured, columns, funnel, least, progress, ranked
from crm_app.ui.figures.section import NO_THEN, Line, Measure, Section, Shape, difference

_STEP, _TARGET = 32.0, 52.0
"""The least height of a funnel's step and of a target's bar."""
_COLUMNS = 160.0


def measured(section: Section, measure: int, names: Sequence[str]) -> list[Measured]:
    """Return the drawn lines in one measure; ``names`` are those of the window and of the other one."""
    shown = section.measures[measure] if section.measures else Measure("")
    return [_measured(section, line, shown, measure, names) for line in section.drawn]


def _measured(section: Section, line: Line, measure: Measure, place: int, names: Sequence[str]) -> Measured:
    value = line.values[place] if line.values else None
    other = line.then[place] if line.then else None
    words = line.shown or ("—" if value is None else measure.show(value))
    told = _("{name}: {value}").format(name=line.name, value=words)
    if section.shape is Shape.FUNNEL:
        link = _("{name}: {how}").format(name=line.name, how=line.beside)
        return Measured(
            line.name, float(value or 0), words, told + compared(line, measure, place, names), None, line.beside, link
        )
    if section.shape is Shape.PROGRESS:
        told = _("{told}, {time}").format(told=told, time=line.beside)
        return Measured(line.name, float(value or 0), words, told, float(line.gone or 0), line.beside)
    if len(names) < 2:
        return Measured(line.name, float(value or 0), words, told)
    shown_then = "" if other is None else measure.show(other)
    told_then = _("{name}, {window}: {value}").format(name=line.name, window=names[1], value=shown_then)
    told += compared(line, measure, place, names)
    then = None if other is None else float(other)
    return Measured(line.name, float(value or 0), words, told, then, shown_then, told_then)


def compared(line: Line, measure: Measure, place: int, names: Sequence[str]) -> str:
    """Return how a value stands to the one of the other window: nothing where none is asked for."""
    if len(names) < 2:
        return ""
    if not line.then or line.then[place] is None:
        return _("; {window}: {value}").format(window=names[1], value=_(NO_THEN))
    now, then = line.values[place], line.then[place]
    if now is None or then is None:
        return ""
    gap, rate = difference(measure, now, then)
    words = _("; {window}: {value}, {difference}").format(window=names[1], value=measure.show(then), difference=gap)
    return f"{words} ({rate})" if rate else words


def least_height(section: Section, size: float, *, compared: bool) -> float:
    """Return the least height a section's chart can be read in, for a type of so many pixels."""
    lines = len(section.drawn)
    match section.shape:
        case Shape.FUNNEL:
            return lines * _STEP * size / 13
        case Shape.PROGRESS:
            return lines * _TARGET * size / 13
        case Shape.COLUMNS:
            return _COLUMNS * size / 13
        case _:
            return least(size, lines, compared=compared)


def draw(section: Section, measure: int, names: Sequence[str], frame: Frame) -> Drawing:
    """Return the drawing of a section in a frame; an empty one where nothing is to be drawn."""
    lines = measured(section, measure, names)
    shown = names if section.compared and any(one.then is not None for one in lines) else ()
    match section.shape:
        case Shape.FUNNEL:
            return funnel(lines, frame)
        case Shape.PROGRESS:
            return progress(lines, frame)
        case Shape.COLUMNS:
            asked = section.measures[measure]
            return columns(
                lines,
                frame,
                shown,
                scale=asked.scale,
                unit=_("{name} ({unit})").format(name=asked.name, unit=asked.unit) if asked.unit else asked.name,
            )
        case Shape.RANKED:
            return ranked(lines, frame, shown)
        case _:
            return Drawing()

"""The words of imports and exports: what kinds are called, and what becomes of a row in one line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from crm_app.i18n import N_, _
from crm_app.services.imports import ACTION_LABELS, Action, FieldChange, RowPlan, SheetPlan
from crm_app.ui import theme

AUTO = "auto"
KIND_WORDS = {
    AUTO: N_("By its headers"),
    "enterprises": N_("Enterprises"),
    "contacts": N_("Contacts"),
    "leads": N_("Leads"),
    "trips": N_("Trips"),
    "visits": N_("Visit records"),
    "receptions": N_("Receptions"),
    "follow_ups": N_("Follow-ups"),
    "tasks": N_("Next steps to take"),
    "projects": N_("Projects"),
    "signings": N_("Signings"),
    "funds": N_("Funds"),
    "stages": N_("Stage changes"),
    "milestones": N_("Milestones"),
    "needs": N_("Needs"),
    "honours": N_("Honours"),
    "yearly_results": N_("Yearly results"),
    "targets": N_("Targets"),
    "forecasts": N_("Forecasts"),
    "rankings": N_("Rankings and results announced"),
    "events": N_("Events"),
}
"""What the services call a kind → its word."""

PATTERN = (
    "(*.xlsx *.xls *.csv *.xlsm *.xlsb *.ods *.et *.tsv *.txt *.docx *.vcf *.ics *.png *.jpg *.jpeg *.webp *.bmp *.gif)"
)
"""The files that can be taken in, as Qt's dialog wants them."""

PLACE_OF = {
    "enterprises": ("enterprises", ""),
    "contacts": ("enterprises", ""),
    "leads": ("projects", "leads"),
    "projects": ("projects", "table"),
    "signings": ("projects", "table"),
    "funds": ("projects", "table"),
    "stages": ("projects", "board"),
    "milestones": ("projects", "table"),
    "needs": ("projects", "table"),
    "honours": ("enterprises", ""),
    "trips": ("trips", ""),
    "visits": ("enterprises", ""),
    "receptions": ("enterprises", ""),
    "follow_ups": ("enterprises", ""),
    "tasks": ("today", ""),
    "targets": ("figures", "targets"),
    "rankings": ("figures", "events"),
    "yearly_results": ("figures", "per_mu"),
    "forecasts": ("figures", "targets"),
    "events": ("figures", "events"),
}
"""Where what was imported is seen: a place of the window and its view."""

_SHOWN_OF_HEADER = " › "
_JOIN = "›"
_MOST_CELLS = 6
_BETWEEN_CELLS = " · "


def header_words(header: str) -> str:
    """Return a header of one or several rows as it is read aloud."""
    return _SHOWN_OF_HEADER.join(part.strip() for part in header.split(_JOIN))


def cell_words(cell: object) -> str:
    """Return a cell of the sender's table as text; empty for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def cells_of(row: RowPlan, sheet: SheetPlan) -> Iterator[tuple[str, str]]:
    """Yield the filled cells of a row as (header, text), in the sender's order."""
    for column in sheet.columns:
        text = cell_words(row.cells[column.index]) if column.index < len(row.cells) else ""
        if text:
            yield header_words(column.header), text


def texts_by_target(row: RowPlan, sheet: SheetPlan) -> dict[str, str]:
    """Return what a row says as text, by the target of its column; columns that are left alone are not in it."""
    texts = (
        (column.target, column.index) for column in sheet.columns if column.target and column.index < len(row.cells)
    )
    return {target: cell_words(row.cells[index]) for target, index in texts}


def outcome_word(row: RowPlan) -> str:
    """Return what becomes of a row in one word; a new one that may be known already is called so."""
    return _("Duplicate?") if row.duplicates else _(ACTION_LABELS[row.action])


def outcome_badge(row: RowPlan) -> theme.Badge:
    """Return the badge of :func:`outcome_word`."""
    colours = theme.colours()
    if row.duplicates:
        return theme.Badge(colours.warn_soft, colours.gap)
    return {
        Action.CREATE: theme.Badge(colours.hover, colours.good),
        Action.UPDATE: theme.Badge(colours.accent_soft, colours.on_soft),
        Action.UNCHANGED: colours.neutral,
        Action.REJECT: theme.Badge(colours.danger_soft, colours.overdue),
    }[row.action]


def change_words(change: FieldChange) -> str:
    """Return a change as old → new; only the new where nothing was there."""
    if not change.old:
        return _("{field}: {new}").format(field=change.field, new=change.new)
    return _("{field}: {old} → {new}").format(field=change.field, old=change.old, new=change.new)


def row_words(row: RowPlan, sheet: SheetPlan) -> str:
    """Return in one line what becomes of a row, or why it goes back."""
    if row.action is Action.REJECT:
        return _("; ").join(row.reasons)
    if row.action is Action.UNCHANGED:
        return _("; ").join(row.remarks) or _("The book says the same")
    if row.duplicates:
        parts = [_("Perhaps the same as {names}").format(names=_(", ").join(row.duplicates))]
    elif row.action is Action.CREATE:
        parts = [_digest(row, sheet)]
    else:
        parts = [change_words(change) for change in row.changes]
        if row.added:
            parts.append(_("adds {names}").format(names=_(", ").join(row.added)))
    return _("; ").join((*parts, *row.remarks))


def _digest(row: RowPlan, sheet: SheetPlan) -> str:
    """Return the first cells that are understood, without the name, which stands beside."""
    understood = {header_words(column.header) for column in sheet.columns if column.target}
    texts = [text for header, text in cells_of(row, sheet) if header in understood and text != row.title]
    return _BETWEEN_CELLS.join(texts[:_MOST_CELLS])

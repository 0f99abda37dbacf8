"""What an import says beside its counts: columns left alone, open questions, and row by row what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from crm_app.cli import late
from crm_app.domain import import_achieved
from crm_app.domain.counting import Window
from crm_app.i18n import _
from crm_app.services.book import Book
from crm_app.services.imports import ACTION_LABELS, Action, ImportPlan, RowPlan

_MOST_ROWS = 40


def asides(plan: ImportPlan) -> Iterator[str]:
    """Yield what is worth telling of sheets: those without a table, columns left alone, days without a year or open."""
    yield from plan.skipped
    for sheet in plan.sheets:
        if sheet.near:
            yield _("“{name}” was taken for {kind}. {evidence} Say --kind {others} if it is that.").format(
                name=sheet.name or plan.path.name, kind=sheet.kind, evidence=sheet.evidence, others="|".join(sheet.near)
            )
        if sheet.hidden:
            words = _("“{name}” has {what}; they are taken like the rest.")
            yield words.format(name=sheet.name or plan.path.name, what=sheet.hidden)
        if sheet.left_alone:
            words = _("“{name}”: these columns are not taken: {headers}.")
            yield words.format(name=sheet.name or plan.path.name, headers=_(", ").join(sheet.left_alone))
        for column in sheet.columns:
            if column.year_told:
                yield _("“{header}”: {sentence}").format(header=column.header, sentence=column.year_told)
        for question in sheet.day_questions:
            yield _(
                "The days of “{header}” can be read in several orders ({examples}); "
                "say which with --day-order {orders}."
            ).format(
                header=sheet.columns[question.column].header,
                examples=_(", ").join(text for text, _days in question.examples),
                orders="|".join(question.orders),
            )


def rows(plans: Sequence[ImportPlan], *, every: bool) -> Iterator[str]:
    """Yield a line for each row: ``every`` one that changes something, else those that go back or lost something."""
    told = [(plan, row) for plan in plans for row in plan.rows if _is_told(row, every=every)]
    for plan, row in islice(told, _MOST_ROWS):
        sheet = plan.sheets[row.sheet].name if len(plan.sheets) > 1 else ""
        place = f"{plan.path.name}{f'[{sheet}]' if sheet else ''}:{row.number}"
        words = _("; ").join(chain(row.reasons, _changes(row), row.duplicates, row.remarks))
        yield "\t".join((place, _(ACTION_LABELS[row.action]), row.title, words)).rstrip()
    if len(told) > _MOST_ROWS:
        yield _("… and {n} more; --rejects FILE and the window show all of them.").format(n=len(told) - _MOST_ROWS)


def _is_told(row: RowPlan, *, every: bool) -> bool:
    if row.action is Action.UNCHANGED or not every:
        return bool(row.reasons or row.remarks or row.duplicates)
    return True


def _changes(row: RowPlan) -> Iterator[str]:
    for one in row.changes:
        words = _("{field}: {old} → {new}") if one.old else _("{field}: {new}")
        yield words.format(field=one.field, old=one.old, new=one.new)
    if row.added:
        yield _("adds {names}").format(names=_(", ").join(row.added))


def beside(book: Book, plan: ImportPlan) -> Iterator[str]:
    """Yield what superiors say was achieved beside the book's own figures, and that no target was taken of it."""
    for sheet in plan.sheets:
        if sheet.achieved and sheet.kind != "targets":
            words = _("“{name}” tells what was achieved, so no target was taken of it; --kind targets takes those.")
            yield words.format(name=sheet.name or plan.path.name)
    told = [one for row in plan.rows for one in row.announced]
    if not told:
        return
    own = late.figures().own_values(book, [(one.metric, Window(one.first, one.last)) for one in told])
    for one, ours in zip(told, own, strict=True):
        yield _("{what}: {beside}").format(what=import_achieved.titled(one), beside=import_achieved.beside(one, ours))

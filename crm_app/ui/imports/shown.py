"""A plan with what its window needs to know of its rows, gathered beside the window: counts and first values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from crm_app.i18n import N_, _
from crm_app.progress import Report
from crm_app.services.imports import Action, ImportPlan, RowPlan

_SAMPLED = 200
"""Rows of each sheet in which the first values of its columns are looked for."""
_VALUES = 3


class Tab(StrEnum):
    """Which rows are shown."""

    ALL = "all"
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REJECT = "reject"


TAB_WORDS = {
    Tab.ALL: N_("All"),
    Tab.CREATE: N_("New record"),
    Tab.UPDATE: N_("Update"),
    Tab.UNCHANGED: N_("Unchanged"),
    Tab.DUPLICATE: N_("Possible duplicate"),
    Tab.REJECT: N_("Rejected"),
}


def shows(tab: Tab, row: RowPlan) -> bool:
    """Say whether a tab shows a row; a possible duplicate is among the new ones too."""
    return tab is Tab.ALL or (bool(row.duplicates) if tab is Tab.DUPLICATE else row.action is Action(tab.value))


@dataclass(frozen=True)
class Shown:
    """``counts`` are rows by sheet and tab; ``samples`` the first values in a column, by sheet and column."""

    plan: ImportPlan
    counts: Counter[tuple[int, Tab]]
    samples: dict[tuple[int, int], list[object]]

    @classmethod
    def of(cls, plan: ImportPlan, report: Report) -> Shown:
        """Look at the rows of a plan once; of a file with one sheet only at the first."""
        alone = len(plan.sheets) == 1
        counts = _of_the_whole(plan) if alone else Counter[tuple[int, Tab]]()
        samples: dict[tuple[int, int], list[object]] = {}
        seen: Counter[int] = Counter()
        for done, row in enumerate(plan.rows):
            if alone and done == _SAMPLED:
                break
            if done % _SAMPLED == 0:
                report(done, len(plan.rows), _("Preparing the preview"))
            seen[row.sheet] += 1
            if not alone:
                counts.update((row.sheet, tab) for tab in Tab if shows(tab, row))
            if seen[row.sheet] <= _SAMPLED:
                _sample(samples, row.sheet, row.cells)
        return cls(plan, counts, samples)


def _of_the_whole(plan: ImportPlan) -> Counter[tuple[int, Tab]]:
    result = plan.result
    return Counter(
        {
            (0, Tab.ALL): result.read,
            (0, Tab.CREATE): result.created,
            (0, Tab.UPDATE): result.updated,
            (0, Tab.UNCHANGED): result.unchanged,
            (0, Tab.DUPLICATE): result.possible_duplicates,
            (0, Tab.REJECT): result.rejected,
        }
    )


def _sample(samples: dict[tuple[int, int], list[object]], sheet: int, cells: Sequence[object]) -> None:
    for column, cell in enumerate(cells):
        held = samples.setdefault((sheet, column), [])
        if cell is not None and len(held) < _VALUES and cell not in held:
            held.append(cell)

"""Projects: moved from stage to stage, signed, followed until the money is in place; board, table and page."""

from crm_app.db.projects import InvestorAt, ProjectRow
from crm_app.domain.project_rules import PerMu, Share
from crm_app.services.projects.making import (
    ProjectSaved,
    change_project,
    set_investors,
)
from crm_app.services.projects.parts import (
    add_fund,
    add_milestone,
    add_need,
    change_need,
    set_park,
    solve_need,
)
from crm_app.services.projects.progress import (
    Question,
    Signed,
    move_stage,
    sign,
    stage_questions,
    switch_count,
)
from crm_app.services.projects.reading import (
    Board,
    Card,
    Column,
    FilterChoices,
    ProjectFilter,
    ProjectPage,
    TimelineEntry,
    board,
    filter_choices,
    list_projects,
    project_page,
)

__all__ = [
    "Board",
    "Card",
    "Column",
    "FilterChoices",
    "InvestorAt",
    "PerMu",
    "ProjectFilter",
    "ProjectPage",
    "ProjectRow",
    "ProjectSaved",
    "Question",
    "Share",
    "Signed",
    "TimelineEntry",
    "add_fund",
    "add_milestone",
    "add_need",
    "board",
    "change_need",
    "change_project",
    "filter_choices",
    "list_projects",
    "move_stage",
    "project_page",
    "set_investors",
    "set_park",
    "sign",
    "solve_need",
    "stage_questions",
    "switch_count",
]

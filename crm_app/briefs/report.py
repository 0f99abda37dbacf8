"""周报, 月报, 半年成绩单, 年度成绩单: what was reached, beside what was asked and beside the year before.

目标与时序 → 签约 → 开工、投产、到位资金、实际使用外资 → 重点与拟签约项目 → 外出与接待 → 问题 → 下一步工作打算;
附明细表、口径.
A week and a month are short; a half-year and a year have every distribution, the funnel and every contract. The annual
one nets what was cancelled (counting rule 3). The sentences and tables of the figures are those of the bulletin.
"""

from __future__ import annotations

from crm_app.briefs import (
    definitions,
    outlook,
    passages,
    report_rows,
    report_text,
    window_tables,
    window_text,
    work_tables,
)
from crm_app.briefs.composer import Composer
from crm_app.briefs.content import PageBreak, Paper
from crm_app.briefs.passages import Passage
from crm_app.briefs.report_data import ReportData
from crm_app.briefs.shown import window_words
from crm_app.domain import days
from crm_app.domain.papers import PaperKind
from crm_app.i18n import N_, _

_TITLES = {
    PaperKind.WEEKLY: N_("Weekly report of investment promotion"),
    PaperKind.MONTHLY: N_("Monthly report of investment promotion"),
    PaperKind.HALF_YEAR: N_("Results of investment promotion: {window}"),
    PaperKind.ANNUAL: N_("Results of investment promotion of the {window}"),
}

_TARGETS = Passage("targets", N_("Targets and the time passed"), report_text.targets)
_SIGNING = Passage("signed", N_("Signing of projects"), report_text.signing)
_CARRIED_OUT = Passage("carried_out", N_("Projects carried out, and funds"), window_text.carried_out)
_PROJECTS = Passage("projects", N_("Major projects and those about to sign"), report_text.projects)
_OUTINGS = Passage("outings", N_("Trips and receptions"), report_text.outings)
_RANKINGS = Passage("rankings", N_("Rank in the assessment"), window_text.rankings)
_PROBLEMS = Passage("problems", N_("Problems that remain"), outlook.problems)
_NEXT_STEPS = Passage("plans", N_("Next steps"), report_text.next_steps)

_LEAGUE = Passage("league", N_("League table"), work_tables.league)

_WEEK: tuple[Passage[ReportData], ...] = (
    Passage("activity", "", work_tables.activity),
    _TARGETS,
    _SIGNING,
    _CARRIED_OUT,
    _PROJECTS,
    _OUTINGS,
    Passage("problems", N_("Problems that remain"), outlook.problems_of_a_week),
    _NEXT_STEPS,
)

_MONTH: tuple[Passage[ReportData], ...] = (
    Passage("activity", "", work_tables.activity),
    _TARGETS,
    _SIGNING,
    Passage("contracts", "", report_rows.contracts_short),
    Passage("by_month", "", report_text.months),
    Passage("by_cluster", "", report_text.clusters),
    _CARRIED_OUT,
    _PROJECTS,
    Passage("coming", "", report_rows.coming),
    _OUTINGS,
    Passage("trips", "", report_rows.trips),
    _RANKINGS,
    _LEAGUE,
    _PROBLEMS,
    Passage("obstacles", "", report_rows.obstacles),
    _NEXT_STEPS,
)

_WHOLE: tuple[Passage[ReportData], ...] = (
    _TARGETS,
    _SIGNING,
    Passage("by_size", N_("By size"), window_tables.sizes, 2),
    Passage("by_cluster", N_("By cluster"), report_text.clusters, 2),
    Passage("by_channel", N_("By channel"), report_text.channels, 2),
    Passage("by_park", N_("By park"), report_text.parks, 2),
    Passage("by_origin", N_("By origin"), report_text.origins, 2),
    Passage("by_month", N_("By month"), report_text.months, 2),
    _CARRIED_OUT,
    Passage("rates", "", window_tables.rates),
    _PROJECTS,
    Passage("coming", "", report_rows.coming),
    Passage("packaged", "", work_tables.packaged),
    Passage("funnel", "", report_text.funnel),
    _OUTINGS,
    _RANKINGS,
    _LEAGUE,
    _PROBLEMS,
    Passage("overdue_starts", "", work_tables.overdue_starts),
    Passage("obstacles", "", report_rows.obstacles),
    _NEXT_STEPS,
)

TEXTS: dict[PaperKind, tuple[Passage[ReportData], ...]] = {
    PaperKind.WEEKLY: _WEEK,
    PaperKind.MONTHLY: _MONTH,
    PaperKind.HALF_YEAR: _WHOLE,
    PaperKind.ANNUAL: _WHOLE,
}
"""The text of each report in order."""

_NOTES: tuple[Passage[ReportData], ...] = (Passage("definitions", "", window_tables.notes),)

_ANNEX: tuple[Passage[ReportData], ...] = (
    Passage("all_contracts", "", report_rows.contracts),
    Passage("all_trips", "", report_rows.trips),
    Passage("all_receptions", "", report_rows.receptions),
    Passage("departments", "", work_tables.departments),
    Passage("per_mu", "", window_tables.per_mu),
    Passage("to_confirm", "", window_tables.to_confirm),
    Passage("definitions", "", definitions.table),
)

ANNEXES: dict[PaperKind, tuple[Passage[ReportData], ...]] = {
    PaperKind.WEEKLY: (Passage("definitions", "", window_tables.short_notes),),
    PaperKind.MONTHLY: _NOTES,
    PaperKind.HALF_YEAR: _ANNEX,
    PaperKind.ANNUAL: _ANNEX,
}
"""What stands behind the signature: of a week and a month the rules of counting, else an annex of its own pages."""


def compose(data: ReportData) -> Paper:
    """Return the report of a window, of the kind its data names."""
    paper = Composer()
    window_text.note_gaps(paper, data)
    window = window_words(data.figures.signed.window)
    paper.term("bureau", data.bureau)
    paper.term("window", window)
    paper.term("day", days.show_date(data.published))
    passages.write(paper, data, TEXTS[data.kind])
    paper.sign(data.bureau if data.kind is not PaperKind.WEEKLY else "", data.published)
    if data.whole:
        paper.add(PageBreak())
    if data.kind is not PaperKind.WEEKLY:
        paper.annex(_("Annex: tables and what they count") if data.whole else _("What the figures count"), key="annex")
    passages.write(paper, data, ANNEXES[data.kind])
    return paper.report(
        data.kind,
        _(_TITLES[data.kind]).format(window=window),
        author=data.bureau or data.author,
        day=data.published,
        subtitle=_subtitle(data, window),
    )


def _subtitle(data: ReportData, window: str) -> str:
    """Return the line under the title: the window; of a week also who reports, which saves the lines of a signature."""
    if data.whole:
        return ""
    if data.kind is PaperKind.WEEKLY and data.bureau:
        return _("{bureau}, {window}").format(bureau=data.bureau, window=window)
    return _("({window})").format(window=window)

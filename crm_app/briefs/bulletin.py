"""工作简报 (red head): 导语 → 分条事实 → 下一步工作打算; 附: tables, charts and what each figure counts.

Nothing is claimed that no row shows: a rank needs its document, 预计 a forecast, 同比 a base that is not 0, and a
judgement (“重大突破”) the person who wrote it and the basis. The sentences are those of window_text.py, the tables
those of window_tables.py, which the period reports share.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_app.briefs import outlook, passages, window_tables, window_text
from crm_app.briefs.composer import Composer
from crm_app.briefs.content import PageBreak, Paper, RedHead, Sheet, SignOff
from crm_app.briefs.passages import Passage
from crm_app.briefs.shown import window_words
from crm_app.briefs.window_data import Judgement, NamedProject, NamedSet, WindowData
from crm_app.domain import days
from crm_app.domain.papers import PaperKind
from crm_app.i18n import N_, _, language, ngettext

__all__ = ["ANNEX", "TEXT", "BulletinData", "Judgement", "NamedProject", "NamedSet", "compose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinData(WindowData):
    """What a bulletin is made of; ``so_far`` runs to the day of publication, for trips and visits too.

    ``issue`` is the number as the office gave it, or nothing.
    """

    name: str
    title: str = ""
    issue: str = ""
    report_to: str = ""
    send_to: str = ""
    issue_to: str = ""
    copies: int | None = None


TEXT: tuple[Passage[WindowData], ...] = (
    Passage("opening", "", window_text.opening),
    Passage("signed", N_("Signing of projects"), window_text.signing),
    Passage("targets", N_("Targets attained"), window_text.targets),
    Passage("carried_out", N_("Projects carried out, and funds"), window_text.carried_out),
    Passage("outings", N_("Trips and receptions"), window_text.outings),
    Passage("rankings", N_("Rank in the assessment"), window_text.rankings),
    Passage("problems", N_("Problems that remain"), outlook.problems),
    Passage("plans", N_("Next steps"), outlook.next_steps),
)
"""The bulletin's text in order."""

ANNEX: tuple[Passage[WindowData], ...] = (
    Passage("by_size", "", window_tables.sizes),
    Passage("by_cluster", "", window_tables.clusters),
    Passage("by_channel", "", window_tables.channels),
    Passage("by_park", "", window_tables.parks),
    Passage("by_origin", "", window_tables.origins),
    Passage("named", "", window_tables.named),
    Passage("targets_table", "", window_tables.targets),
    Passage("rates", "", window_tables.rates),
    Passage("per_mu", "", window_tables.per_mu),
    Passage("to_confirm", "", window_tables.to_confirm),
    Passage("definitions", "", window_tables.definitions),
)
"""Its annex; a part without rows is left out."""


def compose(data: BulletinData) -> Paper:
    """Return the bulletin."""
    paper = Composer()
    window = window_words(data.figures.signed.window)
    if not data.issue:
        paper.gap(_("The office has not given an issue number yet"), (), "words.issue")
    window_text.note_gaps(paper, data)
    paper.term("bureau", data.bureau)
    paper.term("window", window)
    paper.term("day", days.show_date(data.published))
    passages.write(paper, data, TEXT)
    paper.list_gaps()
    paper.add(PageBreak())
    paper.annex(_("Annex: tables and what they count"), key="annex")
    passages.write(paper, data, ANNEX)
    paper.add(_sign_off(data))
    return Paper(
        kind=PaperKind.BULLETIN,
        title=data.title or _("Investment promotion, {window}").format(window=window),
        language=language(),
        blocks=tuple(paper.blocks),
        terms=tuple(paper.terms),
        head=RedHead(
            data.name,
            _("Issue {number}").format(number=data.issue) if data.issue else "",
            data.bureau,
            days.show_date(data.published),
        ),
        sheet=Sheet.DUPLEX,
        author=data.bureau,
        day=data.published,
    )


def _sign_off(data: BulletinData) -> SignOff:
    said = (
        (_("Reported to: {names}"), data.report_to),
        (_("Sent to: {names}"), data.send_to),
        (_("Issued to: {names}"), data.issue_to),
    )
    copies = ngettext(" ({n} copy)", " ({n} copies)", data.copies).format(n=data.copies) if data.copies else ""
    lines = tuple(pattern.format(names=names) for pattern, names in said if names)
    return SignOff(lines, data.bureau, _("Issued on {day}").format(day=days.show_date(data.published)) + copies)

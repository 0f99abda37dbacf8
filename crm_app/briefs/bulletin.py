"""工作简报 (red head): 导语 → 分条事实 → 下一步工作打算; 附: tables, charts and what each figure counts.

Nothing is claimed that no row shows: a rank needs its document, 预计 a forecast, 同比 a base that is not 0, and a
judgement (“重大突破”) the person who wrote it and the basis. The pages of facts are in bulletin_text.py, the annex in
bulletin_annex.py.
"""

from __future__ import annotations

from crm_app.briefs import bulletin_annex, bulletin_text
from crm_app.briefs.bulletin_data import BulletinData, Judgement, NamedProject, NamedSet
from crm_app.briefs.composer import Composer
from crm_app.briefs.content import Paper, RedHead, Sheet, SignOff
from crm_app.briefs.shown import window_words
from crm_app.domain import days
from crm_app.domain.papers import PaperKind
from crm_app.i18n import _, language, ngettext

__all__ = ["BulletinData", "Judgement", "NamedProject", "NamedSet", "compose"]


def compose(data: BulletinData) -> Paper:
    """Return the bulletin."""
    paper = Composer()
    window = window_words(data.figures.signed.window)
    if not data.issue:
        paper.gap(_("The office has not given an issue number yet"), (), "words.issue")
    for words, ids in data.gaps:
        paper.gap(words, ids)
    paper.term("bureau", data.bureau)
    paper.term("window", window)
    paper.term("day", days.show_date(data.published))
    bulletin_text.write(paper, data)
    paper.list_gaps()
    bulletin_annex.write(paper, data)
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

"""Gathers the bulletin: the figures of its window and those up to publication, the projects it names, its own words."""

from __future__ import annotations

from crm_app import clock
from crm_app.briefs import bulletin as briefs
from crm_app.briefs.bulletin import BulletinData
from crm_app.briefs.content import Paper
from crm_app.db.book import Book
from crm_app.domain.counting import Window
from crm_app.domain.paper_words import lines
from crm_app.i18n import _
from crm_app.services import events, figures
from crm_app.services.papers import ahead
from crm_app.services.papers import asked as common
from crm_app.services.papers import window as shared
from crm_app.services.papers import words as typed
from crm_app.services.papers.asked import Asked


def compose(book: Book, asked: Asked) -> Paper:
    """Return the bulletin of a window, published today."""
    start, end = asked.window()
    today = clock.today()
    windows = Window(start, end), Window(start, max(today, end))
    (inside, signed), (so_far, _signed) = figures.of_windows(book, *windows)
    sets = events.list_sets(book)
    with book.read() as reader:
        words = typed.read(reader, windows[0])
        bureau = common.bureau(reader)
        named = shared.named(reader, signed)
        lying_ahead = ahead.at_end_of(reader, windows[0])
    return briefs.compose(
        BulletinData(
            name=words.name or _("Bulletin of investment promotion"),
            bureau=bureau,
            published=max(today, end) if today < start else today,
            figures=inside,
            so_far=so_far,
            issue=words.issue,
            cluster=words.cluster or shared.cluster_of_largest(signed),
            named=tuple(shared.project(line) for line in named),
            sets=shared.named_sets(sets, signed),
            judgements=shared.judgements(words, inside),
            problems=lines(words.problems),
            plans=lines(words.plans),
            ahead=lying_ahead,
            report_to=words.report_to,
            send_to=words.send_to,
            issue_to=words.issue_to,
            copies=words.copies,
            gaps=shared.gaps(inside),
        )
    )

"""Gathers the list of obstacles: the needs open at the end of a window."""

from __future__ import annotations

from crm_app import clock
from crm_app.briefs import obstacles as briefs
from crm_app.briefs.content import Paper
from crm_app.briefs.obstacles import ObstaclesData
from crm_app.db.book import Book
from crm_app.services.papers import asked as common
from crm_app.services.papers.asked import Asked
from crm_app.services.papers.needs import open_needs


def compose(book: Book, asked: Asked) -> Paper:
    """Return what waits for a department at the window's end."""
    _start, end = asked.window()
    today = clock.today()
    # Of days to come nobody knows what will be open.
    day = min(end, today)
    with book.read() as reader:
        data = ObstaclesData(until=day, obstacles=open_needs(reader, day), bureau=common.bureau(reader), day=today)
    return briefs.compose(data)

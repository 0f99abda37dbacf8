"""What a row of a ranking notice says: the board, the period, the place out of how many, and the document."""

from __future__ import annotations

import re
from typing import Any

from crm_app.domain import numerals
from crm_app.domain.import_rows import Parsed
from crm_app.domain.targets import Ranking, whole
from crm_app.i18n import _
from crm_app.services.imports.drafts import Notes, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.shelf import Shelf

_RANK = re.compile(r"(?:并列)?第?\s*(\d+|[一二三四五六七八九十百]+)\s*(?:名|位)?(?:\s*[/／]\s*(\d+))?")


def take_ranking_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a ranking notice. One that tells somebody else's place is left aside, and counted among them.

    A rank in the book is the one of that board, period and group.
    """
    said = part(row.values, "ranking")
    subject = said.pop("subject", "")
    notes.title = subject or str(said.get("board") or "")
    if subject and not _ours(shelf, notes, subject):
        return
    _read_rank(notes, said)
    for name in ("board", "period"):
        if not said.get(name):
            notes.reasons.append(_("{field} is missing.").format(field=Ranking.field(name).title))
    if notes.reasons:
        return
    said.setdefault("of", ranked_among(shelf, said))
    if said["of"] is None or said["rank"] > said["of"]:
        notes.reasons.append(_("Out of how many is missing, or less than the rank; write it as 2/12."))
        return
    notes.title = f"{said['board']} {said['period']}"
    row_id = row.values.get("ranking.id")
    key = ("board", "period", "group")
    same = (one for one in shelf.drafts[Ranking] if all(one.get(name) == said.get(name) for name in key))
    found = shelf.with_id(Ranking, row_id) or next(same, None)
    if found is not None:
        put(found, notes, said)
        return
    shelf.make(Ranking, row_id=row_id, **said)
    notes.made = True


def _ours(shelf: Shelf, notes: Notes, subject: str) -> bool:
    if whole(subject, shelf.bureau):
        return True
    if shelf.bureau:
        notes.remarks.append(_("Another's place; it only counts among how many there are."))
    else:
        notes.reasons.append(_("Say what your bureau is called in Settings, General, so that your own row is known."))
    return False


def _read_rank(notes: Notes, said: dict[str, Any]) -> None:
    read = _RANK.fullmatch(str(said.get("rank") or "").strip())
    number = numerals.read(read[1]) if read and not read[1].isdigit() else read and read[1]
    if not number:
        notes.reasons.append(_("The rank is missing; write it as 2, 第2名 or 2/12."))
        return
    said["rank"] = int(number)
    if read and read[2]:
        said.setdefault("of", int(read[2]))


def ranked_among(shelf: Shelf, said: dict[str, Any]) -> int | None:
    """Return how many a board of the file ranks; None where it tells one place alone."""
    return shelf.ranked.get((said.get("board"), said.get("period"), said.get("group")))

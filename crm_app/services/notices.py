"""Ranking notices as prose: read from a text or a file, confirmed field by field, kept as rankings with their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.db.book import Book
from crm_app.domain import notices
from crm_app.domain.notices import Notice, Statement, is_notice
from crm_app.domain.staff import Setting
from crm_app.domain.targets import Ranking, whole
from crm_app.errors import BadInput
from crm_app.files import prose
from crm_app.i18n import _
from crm_app.services.outcome import Outcome

__all__ = ["ENDINGS", "Found", "Notice", "Statement", "is_notice", "keep", "read", "read_file"]

ENDINGS = prose.ENDINGS
"""How the names of files end that hold prose."""
_OUR_OWN = ("我区", "我县", "我市", "我局", "我镇", "本区", "本县", "本市", "本局", "本镇")


@dataclass(frozen=True)
class Found:
    """A statement with whether it is the bureau's own (None: the text does not say), and as the fields of a ranking."""

    statement: Statement
    ours: bool | None
    values: dict[str, Any]


def read_file(path: Path) -> str:
    """Return the text of a notice; raise BadInput for a file that holds none."""
    return prose.read(path)


def read(book: Book, text: str) -> list[Found]:
    """Return what a text states, each with its sentence; nothing is written."""
    notice = notices.read(text, clock.today())
    with book.read() as reader:
        bureau = next((one.value or "" for one in reader.find(Setting, key="bureau")), "")
    return [Found(one, _ours(one.who, bureau), _values(notice, one)) for one in notice.statements]


def _ours(who: str, bureau: str) -> bool | None:
    level = "".join(re.findall("[市区县镇]", bureau))[-1:]
    # What the whole city did (全市) is a city's bureau's own, and no district's.
    if not who or (who.startswith("全") and who[1:] != level):
        return None
    return who in _OUR_OWN or whole(who, bureau) or (len(who) > 1 and who in bureau)


def _values(notice: Notice, one: Statement) -> dict[str, Any]:
    """Return what a ranking would hold of a statement; what the text does not tell is left out."""
    told = {
        "board": notice.board,
        "period": one.period,
        "group": one.group,
        "rank": one.rank,
        "of": one.of,
        "metric": one.metric,
        "value": one.value,
        "issuer": notice.issuer,
        "document": notice.document,
        "announced_on": notice.announced_on,
        "source": one.source,
    }
    return {name: value for name, value in told.items() if value not in (None, "")}


def keep(book: Book, confirmed: Sequence[dict[str, Any]]) -> Outcome[list[UUID]]:
    """Keep confirmed rankings as one unit; one of the same board, period, group and metric is brought up to date.

    What another notice said of it is not kept beside a new place: neither its document nor its day.
    Raise BadInput for one without its place, board or period, or whose place lies below the last.
    """
    with book.unit(_("Enter a ranking notice")) as unit:
        kept = []
        for values in confirmed:
            _check(values)
            if len(confirmed) == 1:
                unit.about(values["board"])
            board, period, group, metric = (values.get(name) for name in ("board", "period", "group", "metric"))
            known = unit.find(Ranking, board=board, period=period, group=group, metric=metric)
            if known:
                unit.update(Ranking, known[0].id, **_brought_up(known[0], values))
            kept.append(known[0].id if known else unit.insert(Ranking, **values))
        return Outcome(unit.commit(), kept)


def _brought_up(known: Ranking, values: dict[str, Any]) -> dict[str, Any]:
    if known.rank == values["rank"]:
        return values
    return dict.fromkeys(("of", "value", "issuer", "document", "announced_on", "source")) | values


def _check(values: dict[str, Any]) -> None:
    for name in ("board", "period", "rank"):
        if not values.get(name):
            raise BadInput(_("{field} is missing.").format(field=Ranking.field(name).title), field=name)
    if values.get("of") and values["rank"] > values["of"]:
        raise BadInput(
            _("Rank {rank} lies below the last of {of}; correct one of them.").format(**values), field="rank"
        )

"""恢复密钥: the sheet with a book's recovery key, to be kept away from the laptop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm_app.briefs.composer import Composer
from crm_app.briefs.content import Fact, KeyValue, Paper, Paragraph, Run
from crm_app.domain import days
from crm_app.i18n import _, language

_GROUPS_A_LINE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryData:
    """The book's name, the key in its groups, and the day it was made."""

    book: str
    key: str
    day: date

    def __repr__(self) -> str:
        """Say nothing of the key."""
        return "RecoveryData(…)"


def lines_of(key: str) -> list[str]:
    """Return the lines a key is set in, three groups each: so one finds the way back while typing it."""
    groups = key.split("-")
    return ["-".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]


def compose(data: RecoveryData) -> Paper:
    """Return the sheet."""
    paper = Composer()
    paper.add(
        KeyValue(
            (
                Fact(_("Book"), (Run(data.book),)),
                Fact(_("Made on"), (Run(days.show_date(data.day)),)),
            )
        ),
        *(Paragraph((Run(line, bold=True),), indent=False, align="center") for line in lines_of(data.key)),
    )
    paper.points(
        (
            _("This key opens the book when its password is forgotten: type it where the password is asked for."),
            _("Capital and small letters are the same; spaces and dashes may be left out."),
            _("Whoever has this sheet can open the book. Keep it in a safe or a locked drawer, not with the laptop."),
            _("Once a new recovery key is made in the settings, this one opens only backups that were away that day."),
        )
    )
    return Paper(
        kind="recovery",
        title=_("Recovery key"),
        language=language(),
        blocks=tuple(paper.blocks),
        day=data.day,
    )

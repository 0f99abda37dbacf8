"""What a person says of a window: problems, plans and judgements, and how the bulletin is addressed."""

from __future__ import annotations

from dataclasses import dataclass

from crm_app.domain.counting import Window

KEY = "bulletin_words"
"""The setting of what is carried on; that of a window has its two days behind."""

OF_A_WINDOW = ("issue", "judgement", "basis", "problems", "plans")


@dataclass(frozen=True)
class PaperWords:
    """What a person gives the papers of a window.

    ``issue`` is the bulletin's number as the office gave it; ``judgement`` are sentences somebody stands for, one a
    line, each printed only with its own line of ``basis``; ``problems`` and ``plans`` one item a line; ``copies`` 印数.
    """

    name: str = ""
    issue: str = ""
    cluster: str = ""
    judgement: str = ""
    basis: str = ""
    problems: str = ""
    plans: str = ""
    report_to: str = ""
    send_to: str = ""
    issue_to: str = ""
    copies: int | None = None


@dataclass(frozen=True)
class Judged:
    """A sentence of judgement with its basis."""

    text: str
    basis: str


def key_of(window: Window) -> str:
    """Return the setting's key of a window's words."""
    return f"{KEY} {window.first}..{window.last}"


def judgements(words: PaperWords) -> tuple[Judged, ...]:
    """Return the judgements line by line with the basis of each; one without a basis is none."""
    texts, bases = lines(words.judgement), lines(words.basis)
    return tuple(Judged(text, basis) for text, basis in zip(texts, bases, strict=False))


def lines(text: str) -> list[str]:
    """Return what was typed one item a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]

"""What the papers share in composing: numbered sections, figures with their rows, and gaps noted as they are met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_app.briefs.content import Block, Cell, Gap, Heading, Paragraph, Run
from crm_app.briefs.marks import Rows
from crm_app.i18n import N_, _, language, ngettext

_NUMERALS = "一二三四五六七八九"
_LEVELS = {1: N_("{roman}. {title}"), 2: N_("({number}) {title}"), 3: N_("{number}. {title}")}


def chinese(n: int) -> str:
    """Return ``n`` (1 to 99) in Chinese numerals: 一, 十二, 三十."""
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens - 1] + "十"
    return head + (_NUMERALS[ones - 1] if ones else "")


def join(names: Iterable[str]) -> str:
    """Return names as an enumeration: 甲、乙、丙."""
    return _(", ").join(names)


def sentence(text: str) -> str:
    """Return ``text`` ended as a sentence, if it is not ended yet."""
    text = text.strip()
    return text if not text or text[-1] in "。！？!?.…；;" else text + _(".")


class Composer:
    """Blocks in the making. What is missing is marked red where it belongs and listed once at the end."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._numbers = [0, 0, 0, 0]
        self._gaps: dict[str, Gap] = {}

    def add(self, *blocks: Block) -> None:
        """Append blocks."""
        self.blocks += blocks

    def section(self, title: str, level: int = 1) -> None:
        """Begin a numbered section: 一、 (level 1), （一） (2) or 1. (3)."""
        self._numbers[level] += 1
        self._numbers[level + 1 :] = [0] * (3 - level)
        number = self._numbers[level]
        roman = chinese(number) if language() == "zh_CN" else str(number)
        self.add(
            Heading(level, _(_LEVELS[level]).format(roman=roman, number=roman if level == 2 else number, title=title))
        )

    def paragraph(self, *parts: str | Run) -> None:
        """Append a paragraph; a line feed in a plain part begins another one."""
        runs: list[Run] = []
        for part in parts:
            if isinstance(part, Run):
                runs.append(part)
                continue
            first, *others = part.split("\n")
            runs.append(Run(first))
            for other in others:
                self._close(runs)
                runs = [Run(other)]
        self._close(runs)

    def _close(self, runs: Sequence[Run]) -> None:
        if any(run.text.strip() for run in runs):
            self.add(Paragraph(tuple(runs)))

    def prose(self, text: str | None, label: str, rows: Rows = ()) -> None:
        """Append text somebody wrote, as paragraphs; where there is none, the gap."""
        self.paragraph(sentence(text) if text and text.strip() else self.value(text, label, rows))

    def points(self, items: Sequence[str | Run]) -> None:
        """Append short items, numbered where there are several."""
        for number, item in enumerate(items, 1):
            mark = _("{number}. {title}").format(number=number, title="") if len(items) > 1 else ""
            self.paragraph(mark, item if isinstance(item, Run) else sentence(item))

    def value(self, text: str | None, label: str, rows: Rows = ()) -> Run:
        """Return ``text`` as a run; where it is empty, a red mark and a gap with the label."""
        if text and text.strip():
            return Run(text.strip(), rows=rows)
        self.gap(_("{label} is missing").format(label=label), rows)
        return Run(_("[to fill in: {label}]").format(label=label), missing=True, rows=rows)

    def cell(self, text: str | None, label: str, rows: Rows = ()) -> Cell:
        """Return a table's cell, or its gap."""
        run = self.value(text, label, rows)
        return Cell(_("[to fill in]") if run.missing else run.text, run.rows, run.missing)

    def gap(self, text: str, rows: Rows = ()) -> None:
        """Note that something is missing; the same words are noted once."""
        known = self._gaps.get(text)
        self._gaps[text] = Gap(text, (*known.rows, *rows) if known else rows)

    def list_gaps(self) -> None:
        """Append the gaps noted so far, under one line that counts them; nothing where there are none."""
        if not self._gaps:
            return
        count = len(self._gaps)
        self.add(
            Paragraph(
                (
                    Run(
                        ngettext(
                            "To do before it can be final: {n} item", "To do before it can be final: {n} items", count
                        ).format(n=count),
                        missing=True,
                    ),
                ),
                align="left",
                note=True,
            )
        )
        self.add(*self._gaps.values())

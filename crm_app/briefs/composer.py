"""What the papers share in composing: numbered sections, figures with their rows, and gaps noted as they are met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from crm_app.briefs.content import Block, Cell, Gap, Heading, Paper, Paragraph, Run, Sheet, Signature, Term
from crm_app.briefs.marks import Rows
from crm_app.domain import days
from crm_app.domain.papers import PaperKind
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


def numbered(level: int, number: int, title: str) -> str:
    """Return the title of a section with its number: 一、 (level 1), （一） (2) or 1. (3)."""
    roman = chinese(number) if language() == "zh_CN" else str(number)
    return _(_LEVELS[level]).format(roman=roman, number=roman if level == 2 else number, title=title)


def counted(gaps: int) -> Paragraph:
    """Return the line above the list of gaps."""
    words = ngettext("To do before it can be final: {n} item", "To do before it can be final: {n} items", gaps)
    return Paragraph((Run(words.format(n=gaps), missing=True),), align="left", note=True)


def lying(
    kind: PaperKind, title: str, blocks: Iterable[Block], *, author: str, day: date | None, subtitle: str = ""
) -> Paper:
    """Return a list or a page of days: on lying sheets, “page x of y” at the head of each."""
    return Paper(
        kind=kind,
        title=title,
        language=language(),
        blocks=tuple(blocks),
        subtitle=subtitle,
        sheet=Sheet.LEDGER,
        author=author,
        day=day,
        folio=_("Page {page} of {pages}"),
    )


class Composer:
    """Blocks in the making. What is missing is marked red where it belongs and listed once at the end.

    ``terms`` are the figures that the sentences of a template may name.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.terms: list[Term] = []
        self._section = ""
        self._numbers = [0, 0, 0, 0]
        self._gaps: dict[str, Gap] = {}
        self._tables = self._figures = 0

    def add(self, *blocks: Block) -> None:
        """Append blocks."""
        self.blocks += blocks

    def section(self, title: str, level: int = 1, *, key: str = "") -> None:
        """Begin a numbered section: 一、 (level 1), （一） (2) or 1. (3); ``key`` is its stable name."""
        self._numbers[level] += 1
        self._numbers[level + 1 :] = [0] * (3 - level)
        if level == 1:
            self._section = key
        self.add(Heading(level, numbered(level, self._numbers[level], title), key, title))

    def annex(self, title: str, *, key: str) -> None:
        """Begin a part that bears no number, such as the annex."""
        self._section = key
        self.add(Heading(1, title, key))

    def term(self, key: str, text: str, rows: Rows = ()) -> str:
        """Let the sentences of this section name a figure as {key}; return its text."""
        self.terms.append(Term(self._section, key, text, rows))
        return text

    def mark(self) -> tuple[int, list[int], str]:
        """Return where the paper stands, to come back to."""
        return len(self.blocks), list(self._numbers), self._section

    def back_to(self, mark: tuple[int, list[int], str]) -> None:
        """Take back what was appended since a mark."""
        count, self._numbers, self._section = mark
        del self.blocks[count:]

    def table_title(self, title: str) -> str:
        """Return the caption of the next table: 表1：….

        Tables and charts are numbered through the whole paper.
        """
        self._tables += 1
        return _("Table {number}: {title}").format(number=self._tables, title=title)

    def chart_title(self, title: str) -> str:
        """Return the caption of the next chart: 图1：…."""
        self._figures += 1
        return _("Chart {number}: {title}").format(number=self._figures, title=title)

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

    def prose(self, text: str | None, label: str, rows: Rows = (), where: str = "") -> None:
        """Append text somebody wrote, as paragraphs; where there is none, the gap."""
        self.paragraph(sentence(text) if text and text.strip() else self.value(text, label, rows, where))

    def points(self, items: Sequence[str | Run]) -> None:
        """Append short items, numbered where there are several."""
        for number, item in enumerate(items, 1):
            mark = _("{number}. {title}").format(number=number, title="") if len(items) > 1 else ""
            self.paragraph(mark, item if isinstance(item, Run) else sentence(item))

    def value(self, text: str | None, label: str, rows: Rows = (), where: str = "") -> Run:
        """Return ``text`` as a run; where it is empty, a red mark and a gap with the label and the field it is for."""
        if text and text.strip():
            return Run(text.strip(), rows=rows)
        self.gap(_("{label} is missing").format(label=label), rows, where)
        return Run(_("[to fill in: {label}]").format(label=label), missing=True, rows=rows)

    def cell(self, text: str | None, label: str, rows: Rows = ()) -> Cell:
        """Return a table's cell, or its gap."""
        run = self.value(text, label, rows)
        return Cell(_("[to fill in]") if run.missing else run.text, run.rows, run.missing)

    def gap(self, text: str, rows: Rows = (), where: str = "") -> None:
        """Note that something is missing; the same words are noted once."""
        known = self._gaps.get(text)
        self._gaps[text] = Gap(text, (*known.rows, *rows) if known else rows, self._section, where)

    def list_gaps(self) -> None:
        """Append the gaps noted so far, under one line that counts them; nothing where there are none."""
        if not self._gaps:
            return
        self.add(counted(len(self._gaps)), *self._gaps.values())

    def sign(self, bureau: str, day: date | None, gaps: Iterable[tuple[str, Rows]] = ()) -> None:
        """Append the signature and below it, so that it stands where the final paper has it, the gaps."""
        if bureau:
            self.add(Signature(bureau, days.show_date(day) if day else ""))
        for words, rows in gaps:
            self.gap(words, rows)
        self.list_gaps()

    def report(
        self, kind: PaperKind, title: str, *, author: str = "", day: date | None = None, subtitle: str = ""
    ) -> Paper:
        """Return what was composed as a report, printed on both sides."""
        return Paper(
            kind=kind,
            title=title,
            language=language(),
            blocks=tuple(self.blocks),
            terms=tuple(self.terms),
            subtitle=subtitle,
            sheet=Sheet.DUPLEX,
            author=author,
            day=day,
        )

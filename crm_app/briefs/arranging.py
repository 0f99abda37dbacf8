"""Puts a template over a composed paper: sections left out, reordered, retitled, with a bureau's own sentences.

What belongs to no section (the list of gaps, the signature, 报/送/发) keeps its place. Parts that bear no number (the
annex, the one-pagers of a pack) stay behind the signature, whatever their order among the sections.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crm_app.briefs.composer import counted, numbered
from crm_app.briefs.content import (
    Block,
    Fact,
    Gap,
    Heading,
    KeyValue,
    PageBreak,
    Paper,
    Paragraph,
    Run,
    Signature,
    SignOff,
    Term,
)
from crm_app.briefs.settle import counts_gaps
from crm_app.domain.paper_sections import OPENING
from crm_app.domain.paper_templates import Template, Wording, pieces


@dataclass(slots=True)
class Part:
    """A section as it was composed: its heading, if it has one, and what stands under it."""

    key: str
    heading: Heading | None = None
    page_break: PageBreak | None = None
    blocks: list[Block] = field(default_factory=list)

    @property
    def numbered(self) -> bool:
        """Whether its heading bears a number; the opening counts as one that does."""
        return self.heading is None or bool(self.heading.title)


def parts_of(paper: Paper) -> list[Part]:
    """Return the sections of a paper in order, the opening first; what belongs to no section is in none of them."""
    parts, pending = [Part(OPENING)], None
    for block in paper.blocks:
        if _fixed(block):
            continue
        if isinstance(block, Heading) and block.level <= 1 and block.key and block.key != parts[-1].key:
            parts.append(Part(block.key, block))
            if pending is not None:
                # The page that an annex begins goes with it; the one behind a cover stays with the cover.
                if parts[-1].numbered:
                    parts[-2].blocks.append(pending)
                else:
                    parts[-1].page_break = pending
            pending = None
            continue
        if pending is not None:
            parts[-1].blocks.append(pending)
            pending = None
        if isinstance(block, PageBreak):
            pending = block
        else:
            parts[-1].blocks.append(block)
    if pending is not None:
        parts[-1].blocks.append(pending)
    return parts


def _fixed(block: Block) -> bool:
    return isinstance(block, Gap | Signature | SignOff) or counts_gaps(block)


def arranged(paper: Paper, template: Template, lines: Template = ()) -> Paper:
    """Return ``paper`` by a template; ``lines`` is that of the forms inside it."""
    terms = {(term.section, term.key): term for term in paper.terms if term.text}
    wordings = {wording.key: wording for wording in template}
    order = {wording.key: n for n, wording in enumerate(template)}
    shown = [part for part in parts_of(paper) if wordings.get(part.key, Wording(part.key)).on]
    shown.sort(key=lambda part: (part.key != OPENING, order.get(part.key, len(order))))
    body, behind, number = list[Block](), list[Block](), 0
    for part in shown:
        wording = wordings.get(part.key, Wording(part.key))
        if part.heading is not None and part.heading.title:
            number += 1
        made = _set(part, wording, number, terms)
        (body if part.numbered else behind).extend(made)
    blocks = (*body, *_of(paper, Signature), *_gaps(paper, wordings), *behind, *_of(paper, SignOff))
    if not any(section.key == OPENING for section in template):
        lines = lines or template
    return dataclasses.replace(paper, blocks=tuple(_lined(block, lines) for block in blocks))


def _of(paper: Paper, kind: type[Block]) -> Iterable[Block]:
    return (block for block in paper.blocks if isinstance(block, kind))


def _gaps(paper: Paper, wordings: Mapping[str, Wording]) -> Sequence[Block]:
    """Return the list of gaps without those of sections that are left out."""
    left: list[Block] = [
        gap for gap in paper.blocks if isinstance(gap, Gap) and wordings.get(gap.section, Wording(gap.section)).on
    ]
    return [counted(len(left)), *left] if left else []


def _set(part: Part, wording: Wording, number: int, terms: Mapping[tuple[str, str], Term]) -> list[Block]:
    made: list[Block] = [part.page_break] if part.page_break else []
    if part.heading is not None:
        made.append(_heading(part.heading, wording.title, number))
    made += _sentence(part.key, wording.opening, terms)
    made += part.blocks
    made += _sentence(part.key, wording.closing, terms)
    return made


def _heading(heading: Heading, title: str, number: int) -> Heading:
    if heading.level == 0:
        return heading
    if not heading.title:
        return dataclasses.replace(heading, text=title or heading.text)
    title = title or heading.title
    return dataclasses.replace(heading, text=numbered(heading.level, number, title), title=title)


def _sentence(section: str, sentence: str, terms: Mapping[tuple[str, str], Term]) -> list[Block]:
    """Return a bureau's own sentence with the figures it names; nothing where the paper lacks one of them."""
    made: list[Block] = []
    for line in sentence.splitlines():
        runs: list[Run] = []
        for text, key in pieces(line):
            runs += [Run(text)] if text else []
            if key:
                term = terms.get((section, key)) or terms.get((OPENING, key))
                if term is None:
                    break
                runs.append(Run(term.text, rows=term.rows))
        else:
            if runs:
                made.append(Paragraph(tuple(runs)))
    return made


def _lined(block: Block, lines: Template) -> Block:
    """Return a ruled form with its named lines in the template's order; the others keep their places."""
    if not isinstance(block, KeyValue) or not lines:
        return block
    wordings = {wording.key: (n, wording) for n, wording in enumerate(lines)}
    named = [fact for fact in block.facts if fact.key in wordings]
    if not named:
        return block
    ordered = iter(sorted(named, key=lambda fact: wordings[fact.key][0]))
    facts = [next(ordered) if fact.key in wordings else fact for fact in block.facts]
    return KeyValue(
        tuple(
            _titled(fact, wordings[fact.key][1]) if fact.key in wordings else fact
            for fact in facts
            if fact.key not in wordings or wordings[fact.key][1].on
        )
    )


def _titled(fact: Fact, wording: Wording) -> Fact:
    return dataclasses.replace(fact, label=wording.title or fact.label)

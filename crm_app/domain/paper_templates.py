"""A template (模板) of a kind of paper: which sections, in which order, under which titles, with which own sentences.

A sentence names a figure of its section in braces: “上半年签约{projects}”. It is printed only where the paper has every
figure it names, so that no sentence claims what no row shows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import TypeAlias

from crm_app.domain.paper_sections import OPENING, TERM_LABELS, Section, sections_of, term_key, terms_of
from crm_app.domain.papers import PAPER_KIND_LABELS, PaperKind
from crm_app.errors import BadInput
from crm_app.i18n import _

_NAMED = re.compile(r"\{([^{}]*)\}")
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Wording:
    """How one section is printed; an empty ``title`` is the shipped one."""

    key: str
    on: bool = True
    title: str = ""
    opening: str = ""
    closing: str = ""


Template: TypeAlias = tuple[Wording, ...]


def shipped(kind: PaperKind) -> Template:
    """Return the template a new book has: every section as it comes."""
    return tuple(Wording(section.key) for section in sections_of(kind))


def whole(kind: PaperKind, template: Sequence[Wording]) -> Template:
    """Return a kept template with the sections it does not know yet after those they follow in the shipped order."""
    known = {wording.key for wording in shipped(kind)}
    found = [wording for wording in template if wording.key in known]
    before = ""
    for wording in shipped(kind):
        if all(one.key != wording.key for one in found):
            at = next((n for n, one in enumerate(found, 1) if one.key == before), 0)
            found.insert(at, wording)
        before = wording.key
    return tuple(sorted(found, key=lambda one: one.key != OPENING))


def pieces(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield a sentence of a template piece by piece: plain text, and the key of the figure that follows it or “”.

    A name of no figure is yielded as the key “?”.
    """
    at = 0
    for found in _NAMED.finditer(sentence):
        yield sentence[at : found.start()], term_key(found[1]) or "?"
        at = found.end()
    if at < len(sentence):
        yield sentence[at:], ""


def checked(kind: PaperKind, template: Sequence[Wording]) -> Template:
    """Return ``template`` as it is kept; raise BadInput for a figure the section has not, and where all is off."""
    sections = {section.key: section for section in sections_of(kind)}
    if not sections:
        raise BadInput(_("A {kind} has no template.").format(kind=_(PAPER_KIND_LABELS[kind])))
    made = whole(kind, template)
    if not any(wording.on for wording in made):
        raise BadInput(_("Every section is off; leave at least one on."), field="on")
    for wording in made:
        _check(kind, sections[wording.key], wording)
    return made


def _check(kind: PaperKind, section: Section, wording: Wording) -> None:
    if len(wording.title) > LONGEST_TITLE:
        raise BadInput(_("A title has at most {n} characters.").format(n=LONGEST_TITLE), field="title")
    known = terms_of(kind, section.key)
    for name, sentence in (("opening", wording.opening), ("closing", wording.closing)):
        if section.form and sentence:
            raise BadInput(_("A line of a form takes no sentence of its own."), field=name)
        _check_braces(sentence, name)
        for found in _NAMED.finditer(sentence):
            if term_key(found[1]) not in known:
                raise BadInput(
                    _("“{title}” has no figure {name}; it has: {known}.").format(
                        title=wording.title or _(section.title),
                        name=found[0],
                        known=_(", ").join(f"{{{_(TERM_LABELS[key])}}}" for key in known),
                    ),
                    field=name,
                )


def _check_braces(sentence: str, field: str) -> None:
    rest = _NAMED.sub("", sentence)
    if "{" in rest or "}" in rest:
        raise BadInput(_("A figure is named between two braces, as in {example}.").format(example="{…}"), field=field)


def to_json(template: Template) -> str:
    """Return a template as it is kept."""
    return json.dumps([asdict(wording) for wording in template], ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Template:
    """Return what ``to_json`` wrote; fields of a newer program are left out."""
    names = {field.name for field in fields(Wording)}
    kept: list[Mapping[str, object]] = json.loads(text)
    return tuple(Wording(**{name: one[name] for name in names & set(one)}) for one in kept)  # type: ignore[arg-type]

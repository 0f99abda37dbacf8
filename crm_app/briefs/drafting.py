"""Sentences by the fixed patterns of the field: 某某一行, 就…深入交流, 达成初步意向. Each says only what a row says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from crm_app.briefs.composer import join, sentence
from crm_app.i18n import _, ngettext

_WILLING = "AB"
"""Degrees of interest (意向等级) that a text may call a first intention: decided, interested."""

_NAMED = 3
_INTENTION = "意向"
_WEAKER = re.compile(
    "考虑|研究|评估|观望|比选|暂|尚|未|不|待|再议|另行|"
    r"\b(?:consider\w*|stud(?:y|ies|ied|ying)|evaluat\w*|assess\w*|wait\w*|not|n't|undecided|later)\b",
    re.IGNORECASE,
)
"""What is said so is less than an intention, whatever degree of interest was ticked beside it."""


def willing(intent: str) -> bool:
    """Say whether a degree of interest, as noted, may be called an intention."""
    return bool(intent) and intent[0] in _WILLING


def _is_intention(text: str) -> bool:
    """Say whether words noted of an interested enterprise bear being called an intention, and do not say so yet."""
    return _INTENTION not in text and not _WEAKER.search(text)


def called(person: str) -> str:
    """Return “name title” as running text names somebody: the post before the name."""
    name, _space, title = person.rpartition(" ")
    return _("{title} {name}").format(title=title, name=name) if name and title else person


def party(people: Sequence[str]) -> str:
    """Return a group by the one who leads it: 某某一行3人; one alone by the name."""
    if len(people) < 2:
        return called(people[0]) if people else ""
    return _("{leader} and others, {n} in all,").format(leader=called(people[0]), n=len(people))


def hosts(people: Sequence[str]) -> str:
    """Return whom they met: all of a few, else the first few and 等."""
    names = [called(person) for person in people]
    return join(names) if len(names) <= _NAMED else _("{names} and others").format(names=join(names[:_NAMED]))


def met(day: str, ours: Sequence[str], enterprise: str, theirs: Sequence[str], field: str) -> str:
    """Return how a visit is opened; empty where it is not known who met whom."""
    if not ours or not theirs:
        return ""
    pattern = (
        _("On {day} {party} visited {enterprise} and talked in depth with {hosts} about working together in {field}.")
        if field
        else _("On {day} {party} visited {enterprise} and talked in depth with {hosts}.")
    )
    return pattern.format(day=day, party=party(ours), enterprise=enterprise, hosts=hosts(theirs), field=field)


def agreed(text: str, intent: str) -> str:
    """Return what was agreed; a first intention only where the degree of interest noted says so, and the words too."""
    if willing(intent) and _is_intention(text):
        return sentence(_("A first intention was reached: {text}").format(text=text.strip()))
    return sentence(text)


def intention(enterprise: str, field: str, text: str) -> str:
    """Return what a visit to an interested enterprise led to, in a line of a trip's report."""
    about = (
        _("With {enterprise} the group talked in depth about {field}") if field else _("With {enterprise} it talked")
    )
    said = about.format(enterprise=enterprise, field=field)
    # Who noted it in these words already is not told it twice; who noted less is told that.
    reached = _("; a first intention was reached: {text}") if _is_intention(text) else _("; {text}")
    return sentence(said + reached.format(text=text.strip().rstrip("。.")))


def fields_met(fields: Sequence[str], number: int) -> str:
    """Return which fields the enterprises met are of, the commonest first, and how many are willing to invest."""
    common = [name for name, _n in Counter(field for field in fields if field).most_common(_NAMED)]
    parts = [_("The enterprises met are of {fields}").format(fields=join(common))] if common else []
    if number:
        words = ngettext("{n} has noted interest in investing", "{n} have noted interest in investing", number)
        parts.append(words.format(n=number))
    return sentence(_("; ").join(parts)) if parts else ""

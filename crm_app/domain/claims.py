"""What a paper may not claim unless a row shows it, and which words say so.

Nothing here knows a book: ``Evidence`` is what its rows show. Each rule has a name, so that whoever answers for a
sentence knows what is doubted. A sentence that a person judged with a basis is that person's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crm_app.i18n import N_


class Claim(StrEnum):
    """The rules."""

    RANK = "rank"
    JUDGEMENT = "judgement"
    OVER_TARGET = "over_target"
    EXPECTED = "expected"
    YEAR_ON_YEAR = "year_on_year"
    PROMISE = "promise"
    FIGURE = "figure"


CLAIM_LABELS = {
    Claim.RANK: N_("A rank wants the document that announced it"),
    Claim.JUDGEMENT: N_("A judgement wants its basis (Words)"),
    Claim.OVER_TARGET: N_("More than the target, before its end: say “expected”, from a forecast"),
    Claim.EXPECTED: N_("What is expected comes from a forecast, and there is none"),
    Claim.YEAR_ON_YEAR: N_("No rate against last year: there are no figures of it, or they are 0"),
    Claim.PROMISE: N_("A promise of money that has not passed the fair competition review"),
    Claim.FIGURE: N_("A figure typed by hand stands on no row"),
}

_RANK = re.compile(
    r"排名|位居|名列|位列|列第|居第|前列|前茅|第一名|首位|第\s*[一二三四五六七八九十\d]+\s*(?:位|名)|\branks?\b|\branked\b"
)
_OVER = re.compile(r"超额|超(?:过)?(?:全年|年度)?(?:目标|任务)|超(?:全年|年度)|more than the target")
_EXPECTED = re.compile(r"预计|有望|预期(?:将|可)|is expected to")
_ON_YEAR = re.compile(r"同比[^，。；,;]{0,12}?(?:\d|翻|倍|持平)|年均增长\d|year on year")
_AWARD = re.compile(r"奖励|奖补|补贴|补助|减免|返还|免租|税收优惠|贴息|subsid|grant of|tax refund")
_PROMISED = re.compile(r"承诺|给予|兑现|同意|将予|予以|可享受|享受|提供|落实|promise|grant|will receive")
_ASKED = re.compile(r"希望|诉求|请求|建议|咨询|要求|争取|询问|拟申请|申请|asks? for|hope")
_SENTENCES = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the rows show of a paper.

    ``documents`` are those that announced a rank; ``judged`` sentences with a basis, ``judging``
    the words of a judgement; ``exceeded`` says that a target
    whose period is over was exceeded, ``to_exceed`` that a forecast says so; ``forecast`` that there is one at all;
    ``rate`` that last year's window has figures to compare with; ``reviewed`` that every promise the paper is about
    has passed the fair competition review, of which there is one.
    """

    documents: Sequence[str] = ()
    judged: Sequence[str] = ()
    judging: Sequence[str] = ()
    exceeded: bool = False
    to_exceed: bool = False
    forecast: bool = False
    rate: bool = False
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Doubted:
    """A sentence and the rule that doubts it."""

    claim: Claim
    sentence: str


def awards(text: str) -> bool:
    """Say whether a text speaks of money given: an award, a subsidy, a reduction."""
    return bool(_AWARD.search(text))


def doubted(text: str, evidence: Evidence) -> Iterator[Doubted]:
    """Yield what of a text no row shows, sentence by sentence."""
    for found in _SENTENCES.finditer(text):
        sentence = found[0].strip()
        for claim, doubts in _RULES.items():
            if doubts(sentence, evidence):
                yield Doubted(claim, sentence)


def _judged(sentence: str, evidence: Evidence) -> bool:
    bare = sentence.strip("。.；; ")
    return any(bare in own or own.strip("。.；; ") in bare for own in evidence.judged if own.strip("。.；; "))


def _rank(sentence: str, evidence: Evidence) -> bool:
    if not _RANK.search(sentence) or _judged(sentence, evidence):
        return False
    return not any(document in sentence for document in evidence.documents if document)


def _judgement(sentence: str, evidence: Evidence) -> bool:
    return any(word in sentence for word in evidence.judging if word) and not _judged(sentence, evidence)


def _over(sentence: str, evidence: Evidence) -> bool:
    if not _OVER.search(sentence) or _judged(sentence, evidence):
        return False
    return not (evidence.exceeded or (_EXPECTED.search(sentence) and evidence.to_exceed))


def _expected(sentence: str, evidence: Evidence) -> bool:
    return bool(_EXPECTED.search(sentence)) and not evidence.forecast and not _judged(sentence, evidence)


def _on_year(sentence: str, evidence: Evidence) -> bool:
    return bool(_ON_YEAR.search(sentence)) and not evidence.rate


def _promise(sentence: str, evidence: Evidence) -> bool:
    if not (_AWARD.search(sentence) and _PROMISED.search(sentence)) or _ASKED.search(sentence):
        return False
    return not evidence.reviewed


_RULES: dict[Claim, Callable[[str, Evidence], bool]] = {
    Claim.RANK: _rank,
    Claim.JUDGEMENT: _judgement,
    Claim.OVER_TARGET: _over,
    Claim.EXPECTED: _expected,
    Claim.YEAR_ON_YEAR: _on_year,
    Claim.PROMISE: _promise,
}

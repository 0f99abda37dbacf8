"""What a paper may not claim unless a row shows it, and which words say so.

Nothing here knows a book: ``Evidence`` is what its rows show. Each rule has a name, so that whoever answers for a
sentence knows what is doubted. A sentence that a person judged with a basis is that person's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crm_app.domain.targets import Metric
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

_PLACED = r"(?:第\s*[一二三四五六七八九十\d]+(?!季度|[批期届次个家座条代轮类季])|前列(?!腺)|前茅|首位|之首|榜首)"
_AHEAD = r"前\s*[一二三四五六七八九十\d]+(?!季度|[年月个批期天日])"
_RANK = re.compile(
    r"排名(?!不分|不详)|名次|前列(?!腺)|前茅|榜首|首位|领跑(?!者)|考(?:核|评)[^，。；,;]{0,14}一等奖"
    r"|第\s*[一二三四五六七八九十\d]+\s*(?:位|名)(?=[，。；、,;.！!的（）()\s]|$)"
    rf"|(?:位居|名列|位列|稳居|跻身)[^，。；,;]{{0,8}}?(?:{_PLACED}|{_AHEAD})"
    rf"|(?:全[国省市区县州]|同组|同类|区县)[^，。；,;]{{0,6}}?(?:{_PLACED}|{_AHEAD})"
    r"|\branks?\b|\branked\b"
)
_OVER = re.compile(
    r"超额(?!利润|累进)|超(?:出|过)?(?:全年|年度)|超(?:出|过)?(?:目标|任务)|more than the target"
    r"|(?:提前|突破)[^，。；,;]{0,8}(?:目标|任务)"
)
_AIMED = re.compile(r"(?:力争|确保|争取|奋力)[^，。；,;]{0,16}$")
_EXPECTED = re.compile(r"预计|预估|有望|预期(?:将|可|全年|年内)|is expected to")
_MEASURED = re.compile(
    r"目标|任务|引资|资金|外资|批次|签约(?:项目|金额|总?额|总投资|\d)|target|signed|investment|funds|trips"
)
_METRIC_WORDS = (
    (Metric.SIGNED_YUAN, re.compile(r"签约[^，。；]{0,4}(?:额|投资)|引资|amount signed|investment signed", re.I)),
    (Metric.SIGNED_COUNT, re.compile(r"签约项目(?!总?投资|[^，。；]{0,4}额)|projects signed", re.I)),
    (Metric.FUNDS_YUAN, re.compile(r"到位资金|资金到位|funds in place", re.I)),
    (Metric.FDI_USD, re.compile(r"外资|foreign investment", re.I)),
    (Metric.TRIPS, re.compile(r"外出|批次|\btrips\b", re.I)),
    (Metric.ENTERPRISES_VISITED, re.compile(r"(?:拜访|走访)[^，。；]{0,4}企业|enterprises (?:met|visited)", re.I)),
    (Metric.STARTED_COUNT, re.compile(r"开工|动工|construction started", re.I)),
    (Metric.PRODUCING_COUNT, re.compile(r"投产|production begun", re.I)),
    (Metric.RECEPTIONS, re.compile(r"接待|receptions", re.I)),
    (Metric.LEADS, re.compile(r"线索|\bleads\b", re.I)),
)
_ON_YEAR = re.compile(
    r"(?:同比(?!例)|(?:去年|上年)同期|[比较](?:去年|上年))[^。；;]{0,12}?(?:\d|百分之|[一二三四五六七八九]成|翻|倍|持平|增[长加]|下降|减少|上升|大幅)"
    r"|年均增长\d|year on year"
)
_ENTERPRISES_OWN = re.compile(r"(?:企业|公司|对方)[^。；;]{0,12}(?:营收|产值|利润|销售|销量|订单|出口|产能)")
_WAIVED = r"免[^，。；,;]{0,6}租|租金[^，。；,;]{0,8}(?:全免|免收|减半)"
_AWARD = re.compile(
    rf"奖励|奖补|奖金|补贴|补助|减免|返还|税收优惠|贴息|扶持资金|产业扶持|(?:地价|土地价格)[^，。；,;]{{0,4}}优惠|{_WAIVED}"
    r"|subsid|grant of|tax refund"
)
_PROMISED = re.compile(
    rf"承诺|给予|兑现|同意|将予|予以|可享受|享受我|提供|落实|[获给]得|按[^，。；,;]{{0,10}}给|{_WAIVED}"
    r"|promise|grant|will receive"
)
_ASKED = re.compile(r"希望|诉求|请求|建议|咨询|要求|争取|询问|拟申请|申[请报领]|asks? for|hope")
_OURS = re.compile(r"我[区方局市县]|区政府|管委会|承诺|同意|兑现|promise")
_CLAUSES = re.compile(r"[，,]")
_SENTENCES = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the rows show of a paper.

    ``documents`` are those that announced a rank; ``judged`` sentences with a basis, ``judging``
    the words of a judgement; ``exceeded`` are the metrics whose target was exceeded when its period was over,
    ``to_exceed`` those of which a forecast says so; ``forecast`` says that there is one at all;
    ``rate`` that last year's window has figures to compare with; ``reviewed`` that every promise the paper is about
    has passed the fair competition review, of which there is one.
    """

    documents: Sequence[str] = ()
    judged: Sequence[str] = ()
    judging: Sequence[str] = ()
    exceeded: Collection[Metric] = ()
    to_exceed: Collection[Metric] = ()
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
    claimed = any(not _AIMED.search(sentence[: found.start()]) for found in _OVER.finditer(sentence))
    if not claimed or _judged(sentence, evidence):
        return False
    shown = {*evidence.exceeded, *(evidence.to_exceed if _EXPECTED.search(sentence) else ())}
    named = _named("，".join(clause for clause in _CLAUSES.split(sentence) if _OVER.search(clause))) or _named(sentence)
    # What names no metric may speak of any; what names some, of these alone.
    return not (named <= shown if named else shown)


def _named(text: str) -> set[Metric]:
    return {metric for metric, words in _METRIC_WORDS if words.search(text)}


def _expected(sentence: str, evidence: Evidence) -> bool:
    """Doubt what is expected of a figure; what an enterprise expects of its own project is no forecast of ours."""
    told = _EXPECTED.search(sentence) and _MEASURED.search(sentence)
    return bool(told) and not evidence.forecast and not _judged(sentence, evidence)


def _on_year(sentence: str, evidence: Evidence) -> bool:
    return bool(_ON_YEAR.search(sentence)) and not evidence.rate and not _ENTERPRISES_OWN.search(sentence)


def _promise(sentence: str, evidence: Evidence) -> bool:
    """Doubt clause by clause: what an enterprise asks for in one does not excuse what we promise in the next."""
    asked = bool(_ASKED.search(sentence))
    promised = any(
        _AWARD.search(clause) and _PROMISED.search(clause) and (not asked or _OURS.search(clause))
        for clause in _CLAUSES.split(sentence)
        if not _ASKED.search(clause)
    )
    return promised and not evidence.reviewed


_RULES: dict[Claim, Callable[[str, Evidence], bool]] = {
    Claim.RANK: _rank,
    Claim.JUDGEMENT: _judgement,
    Claim.OVER_TARGET: _over,
    Claim.EXPECTED: _expected,
    Claim.YEAR_ON_YEAR: _on_year,
    Claim.PROMISE: _promise,
}

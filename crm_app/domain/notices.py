"""Ranking notices as prose: what each sentence says of whom, of which metric and days, how much, and in which place.

“截至6月底，高新区签约项目70个，总投资534亿元，位居全市第二” tells three things; each keeps its sentence as the
evidence. A place without a number (前列) is told as such and is no rank. Nothing here is certain: whoever takes it
confirms each field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from crm_app.domain import amounts, days, import_titles, numerals
from crm_app.domain.targets import CURRENCY_OF, Metric
from crm_app.errors import BadInput

_LONGEST = 20_000
"""Characters of a text that are looked at."""
_SENTENCE = re.compile(r"[^。；;！!\n]+[。；;！!]?")
_PERIOD = re.compile(
    r"(?:截[至止]\s*)?(?:(20\d\d|今|本|当)\s*年)?\s*"
    r"(上半年|下半年|全年|第?[一二三四1-4]季度|前[一二三]季度|(?:1[0-2]|[1-9])\s*[-—–~至到]\s*(?:1[0-2]|[1-9])\s*月份?"
    r"|(?:1[0-2]|[1-9])月(?:份|底|末)?(?!\s*\d))"
)
_UNTIL = re.compile(r"截[至止]")
_WHO = re.compile(
    r"(?:^|[，,：:、\s])((?:我|本)(?:区|县|市|局|镇)|[\u4e00-\u9fff]{1,8}?(?:高新区|经开区|开发区|新区|园区|区|县|市|镇|街道|局|专班))"
    r"(?=[^第\u4e00-\u9fff]|新?签约|完成|实现|实际|正式|累计|共|引进|开工|到位|招商|外出|综合|总|位|排|名)"
)
_NUMBER = r"(?:约|超|近|达到?|为|共|共计|合计|完成|实现)*\s*([\d,，]+(?:\.\d+)?)\s*余?\s*"
_COUNTED = _NUMBER + r"(?:个|家次?|批次?|条|项|户|人次)"
_MONEY = _NUMBER + r"(亿美元|万美元|美元|亿元|万元|亿)"
_METRICS: tuple[tuple[Metric, str], ...] = (
    (Metric.SIGNED_COUNT, r"(?:新?签约|正式签约|新?引进|招商)(?:的|了)?项目(?:个数|数)?" + _COUNTED),
    (Metric.SIGNED_COUNT, r"(?:新?签约|正式签约|新?引进)(?:了|项目)?" + _NUMBER + r"个(?:招商)?项目"),
    (
        Metric.SIGNED_YUAN,
        r"(?:合同|协议|计划|签约)?(?:总投资|投资总?额|引资总?额|签约金额|协议资金|合同金额)额?" + _MONEY,
    ),
    (Metric.FUNDS_YUAN, r"(?:实际)?(?:到位|到账|到资)(?:内资|资金|投资)?(?:金额|额)?" + _MONEY),
    (Metric.FDI_USD, r"实际(?:使用|利用|到位)外资(?:金额|额)?" + _MONEY),
    (Metric.STARTED_COUNT, r"(?:新?开工|动工)项目(?:个数|数)?" + _COUNTED),
    (Metric.PRODUCING_COUNT, r"(?:新?投产|竣工投产)项目(?:个数|数)?" + _COUNTED),
    (Metric.TRIPS, r"(?:外出|赴外)招商" + _COUNTED),
    (Metric.ENTERPRISES_VISITED, r"(?:拜访|走访|对接)(?:企业|客商)" + _COUNTED),
)
_NO_PLACE = "季度|产业|批|次|届|条|期|年|轮|号|章|阶段|个|家|大|步|方|者|代"
_DIGITS = r"\d{1,3}|[一二三四五六七八九十百]{1,4}"
_OUT_OF = r"(?:\s*[/／]\s*(\d+))?"
_PLACE = re.compile(
    rf"(?:(?:位[居列于]|名列|排名?[在于]?|居|列)\s*)?(全[市省区国县]|同组|全?主城都市区|[一二三四五]类[区县组])?\s*"
    rf"(?:第\s*(?P<place>{_DIGITS})\s*(?:名|位)?(?!\s*(?:{_NO_PLACE})){_OUT_OF}"
    rf"|(?:排名|排位|位次)\s*(?:为|[：:])?\s*(?P<bare>{_DIGITS}){_OUT_OF}|(?P<top>榜首|首位|头名))"
)
_VAGUE = re.compile(
    r"(?:位居|位列|排名|居|名列|列|走在|处于|进入)[\u4e00-\u9fff]{0,6}?(?:前列|前茅|上游|中游|靠前|第一方阵|前[三五十]|末位)"
)
_AMONG = re.compile(r"(?:共|在)?\s*(\d{1,3})\s*个(?:区县|县区|参评|考核|单位|县|区|地区|市州|开发区|乡镇|镇街)")
_SIGNED_BY = re.compile(r"^\s*([\u4e00-\u9fff]{4,30}(?:局|委|办公室|领导小组|政府|办|中心|部|厅))\s*$", re.M)
_TITLE = re.compile(r"通报|通知|公告|情况|简报|排名|快报")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says: ``metric`` with its ``value`` (yuan, US cents, units), and the place it tells, if any.

    ``period`` is as it is written, with the year the text is of; ``first`` and ``last`` its days. ``group`` is among
    whom (全市); ``vague`` are the words of a place that is no number. ``source`` is the sentence, the evidence of all.
    """

    source: str
    who: str
    metric: Metric | None
    value: int | None
    period: str
    first: date | None
    last: date | None
    group: str = ""
    rank: int | None = None
    of: int | None = None
    vague: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice: its board and who issued it, under which number or title, on which day, and what it states."""

    board: str
    issuer: str
    document: str
    announced_on: date | None
    statements: tuple[Statement, ...]


def read(text: str, today: date) -> Notice:
    """Return what a text states; without a year of its own it is of the year it was announced, else of ``today``'s."""
    text = text[:_LONGEST].replace("\r", "\n").replace("\u3000", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    title = first if len(first) <= 60 and not first.endswith(("。", "；")) and _TITLE.search(first) else ""
    body = text.partition(title)[2] if title else text
    told = import_titles.told("rankings", title)
    whole = import_titles.told("rankings", text)
    announced = whole.get("ranking.announced_on") or _last_day(text, today)
    named = re.search(r"(20\d\d)\s*年", title) or re.search(r"(20\d\d)\s*年", text)
    year = int(named[1]) if named else (announced or today).year
    signed = _SIGNED_BY.findall(body)
    by_title = re.match(r"([\u4e00-\u9fff]{4,30}?)关于", title)
    return Notice(
        told.get("ranking.board") or "",
        by_title[1] if by_title else signed[-1] if signed else "",
        whole.get("ranking.document") or (f"《{title.strip('《》')}》" if title else ""),
        announced,
        tuple(_statements(body, year, told.get("ranking.period") or "")),
    )


def is_notice(text: str) -> bool:
    """Say whether a text tells a place of a metric or a board, as a notice does."""
    return any(one.rank is not None for one in read(text, date(2000, 1, 1)).statements)


def _last_day(text: str, today: date) -> date | None:
    """Return the day below a text, where it stands alone in a line."""
    for line in reversed(text.splitlines()):
        if re.fullmatch(r"\s*20\d\d\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?\s*", line):
            try:
                return days.parse_day("".join(line.split()), today).first
            except BadInput:
                return None
    return None


def _statements(body: str, year: int, period: str) -> Iterator[Statement]:
    """Yield what the sentences state; days hold until another sentence names others.

    Whose they are holds within a sentence; beyond it only where the notice speaks of one alone.
    """
    who, alone = "", len({one[1] for one in _WHO.finditer(_PERIOD.sub("，", body))}) == 1
    for found in _SENTENCE.finditer(body):
        sentence = found[0].strip()
        named = _period_in(sentence, year)
        period = named or period
        spoken = _WHO.search(_PERIOD.sub("，", sentence))
        who = spoken[1] if spoken else who
        span = _days_of(period, year)
        blank = Statement(sentence, who, None, None, period, *(span or (None, None)))
        yield from _placed(sentence, [*_measured(sentence, blank)], blank)
        if not alone and sentence.endswith(("。", "！")):
            who = ""


def _period_in(sentence: str, year: int) -> str:
    """Return the period a sentence names, with its year; 截至6月底 is the year up to then."""
    found = _PERIOD.search(sentence)
    if found is None:
        return ""
    said = found[1] if found[1] and found[1].isdigit() else str(year)
    part = "".join(found[2].split())
    month = re.fullmatch(r"(\d{1,2})月(?:份|底|末)?", part)
    if month and (_UNTIL.match(found[0]) or part.endswith(("底", "末"))):
        return f"{said}年1-{month[1]}月" if month[1] != "1" else f"{said}年1月"
    return f"{said}年{part.removesuffix('份')}"


def _days_of(period: str, year: int) -> tuple[date, date] | None:
    if not period:
        return None
    try:
        return import_titles.period_of(period, year)
    except BadInput:
        return None


def _measured(sentence: str, blank: Statement) -> Iterator[tuple[int, Statement]]:
    """Yield each metric of a sentence with where it ends."""
    taken: list[range] = []
    for metric, pattern in _METRICS:
        for found in re.finditer(pattern, sentence):
            if any(found.start() in one for one in taken):
                continue
            taken.append(range(found.start(), found.end()))
            value = _value(metric, found)
            if value is not None:
                yield found.end(), replace(blank, metric=metric, value=value)


def _value(metric: Metric, found: re.Match[str]) -> int | None:
    number = re.sub("[,，]", "", found[1])
    currency = CURRENCY_OF.get(metric)
    if currency is None:
        return int(number) if number.isdigit() else None
    try:
        return amounts.parse_money(number + (found[2] if found[2] != "亿" else "亿元"), currency)
    except BadInput:
        return None


def _placed(sentence: str, measured: list[tuple[int, Statement]], blank: Statement) -> Iterator[Statement]:
    """Yield what is measured with its place: that of the last metric before it; a place of none is the whole board's.

    Several places behind 分别 belong to as many metrics before them, in their order.
    """
    measured.sort(key=lambda one: one[0])
    found = list(_PLACE.finditer(sentence))
    apart = "分别" in sentence and len(found) == len(measured)
    places: dict[int, Statement] = {}
    group = ""
    for number, one in enumerate(found):
        before = max((n for n, (end, _one) in enumerate(measured) if end <= one.start()), default=-1)
        at = number if apart else before
        base = measured[at][1] if at >= 0 else blank
        group = one[1] or (group if apart else "")
        rank = _rank(one)
        if rank and at not in places:
            places[at] = replace(base, rank=rank, group=group, of=_among(one, sentence))
    vague = _VAGUE.search(sentence)
    for at, (_end, told) in enumerate(measured):
        yield places.pop(at, replace(told, vague=vague[0] if vague and at == len(measured) - 1 else ""))
    yield from places.values()
    if vague and not measured and not found:
        yield replace(blank, vague=vague[0])


def _rank(found: re.Match[str]) -> int:
    number = found["place"] or found["bare"]
    if not number:
        return 1
    return int(number) if number.isdigit() else int(numerals.read(number) or 0)


def _among(found: re.Match[str], sentence: str) -> int | None:
    """Return out of how many: beside the place, else as the sentence tells it."""
    said = found[3] or found[5]
    among = said or ((told := _AMONG.search(sentence)) and told[1])
    return int(among) if among else None

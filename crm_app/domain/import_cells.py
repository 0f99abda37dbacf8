"""What one cell of a ledger says: numbers with the unit of their column, days in every form, people with phones."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import takewhile
from typing import Any

from crm_app.domain import amounts, clock_words, days, import_day_words, import_options, people
from crm_app.domain.fields import Field
from crm_app.domain.import_days import DAY_ORDER_LABELS, DayOrder, readings
from crm_app.domain.import_kinds import Measured
from crm_app.domain.kinds import AnyMoney, Day, Fuzzy, Money, Number, Option, Range, Whole
from crm_app.errors import BadInput
from crm_app.i18n import _

_NOTHING = frozenset(
    (
        "",
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "－",
        "无",
        "暂无",
        "未知",
        "不详",
        "未填",
        # Of a WeChat beside a phone: it is that number.
        "同手机",
        "同手机号",
        "手机同号",
        "同电话",
        "n/a",
        "na",
        "null",
        "none",
        "nan",
        "*",
        # What a spreadsheet saves as text of a formula that failed; in a workbook such a cell is empty.
        "#div/0!",
        "#n/a",
        "#name?",
        "#null!",
        "#num!",
        "#ref!",
        "#value!",
    )
)
_UNDECIDED = re.compile(r"待定|面议|未定|待议|待商|不详|保密|tbd|to be decided|undecided|negotiable", re.I)
_NO_END = re.compile(
    r"(?:长期|持续|常态化?|永久)(?:有效|坚持|推进|跟进|开展|进行|实施)?|(?:时间)?(?:待定|未定|另定|不限)|无(?:固定)?期限|视情况?|尽快|立即|近期|随时"
)
_NOT_YET = re.compile("(?:暂|尚|还)?未(?:开工|动工|开建|建成|竣工|投产|达产|启动|开始)?")
_HAS_UNIT = re.compile(r"[万亿元千萬億]|美|usd|cny|\$|rmb|[mb]illion", re.I)
_SCALE = {"十亿": 10**9, "亿": 10**8, "百万": 10**6, "万": 10**4, "千": 10**3}
_PART = "(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上)"
_ZONE = r"(?:Z|[+-]\d\d:?\d\d)?"
_CLOCK = (
    rf"(?:\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}}(?:\.\d+)?{_ZONE})?(?:\s*[ap]m)?"
    r"|\d{1,2}[点时](?:\d{1,2}分?|半|整|[一三]刻)?)"
)
_TIME = re.compile(
    rf"(?:[\sT]+|(?<=[日号])|(?={_PART}))[(（]?(?P<time>(?:{_PART}\s*)?{_CLOCK}|{_PART})"
    rf"(?:\s*[-—－~～至到]+\s*(?:{_PART}\s*)?{_CLOCK})?[)）]?\s*$",
    re.I,
)
"""A time of day behind a day, with the one until when: 2023.5.16上午9:30, 5月16日 9:30-11:00, 6月5日下午."""
_PLAIN_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：][\d.]+(?:Z|[+-][\d:]+)?)?", re.I)
_PHONE = re.compile(r"(?:\+|00)?\d[\d\-—－() *]{5,}\d(?:-\d{1,5}|\s*(?:转|ext\.?)\s*\d{1,6})?", re.I)
_PEOPLE_APART = re.compile(
    r"[;；\n]+|[、,，](?=[^\d])|(?<=\d)\s*(?:[、,，/|]|或)\s*(?=[\d(+])|(?<=1\d{10})\s+(?=1\d{10})"
    # A name behind a number, with a number of its own: 王总138…/赵总139….
    r"|(?<=\d{4})[/|\s]+(?=[\u4e00-\u9fff]{2}[^;；\n]{0,40}?\d[\d -]{6})"
)
_NAMELESS = re.compile(r"\((?:姓名未知|name unknown)\)", re.I)
"""What this program calls somebody of whom only a phone is known."""
# A title stands in brackets; the mark of a made-up person stays with the name.
_AROUND_PEOPLE = re.compile(r"(?:联系)?(?:电话|手机|tel)\s*:?|\((?!示例\))|(?<!示例)\)|[:/|]", re.I)
_FIRST_DAY_OF_EXCEL = date(1899, 12, 30)
_SERIAL_DAYS = range(20_000, 80_000)
"""Numbers a spreadsheet means as days (1954 to 2119), where a column of days holds bare numbers."""

_LATIN = re.compile(r"[A-Za-zÀ-ɏ][^\u2e80-\u9fff]*$")
_ENGLISH_POST = re.compile(
    r"(?:c[efot]o|gm|vp|president|chair\w*|director|manag\w+|vice|general|sales|deputy|chief|head|senior|engineer|secretary"
    r"|partner|founder)\b",
    re.I,
)
"""What a post in English begins with."""


def text_of(cell: object) -> str:
    """Return a cell as it would have been typed; empty for the signs that stand for nothing (/, 无, 暂无)."""
    if isinstance(cell, float) and not math.isfinite(cell):
        text = ""
    elif isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        text = str(int(cell))
    elif isinstance(cell, datetime):
        text = cell.isoformat(" ", "minutes")
    else:
        text = "" if cell is None else str(cell).strip()
    return "" if text.casefold() in _NOTHING else text


def read_cell(field: Field, cell: object, unit: str = "", order: DayOrder | None = None) -> Any:
    """Return the value of a cell for a field (None where it says nothing); raise BadInput with the reason.

    ``unit`` is the one of the column or the table; an amount in the cell with a unit of its own keeps that. ``order``
    is how the column writes its days: without it a day that can be read two ways is refused.
    """
    text = text_of(cell)
    if not text:
        return None
    kind = field.kind
    if isinstance(kind, Money | Range | AnyMoney):
        return _money(field, cell, text, unit)
    if isinstance(kind, Day | Fuzzy):
        return kind.parse(_day_text(cell, text, order))
    if isinstance(kind, Measured):
        return text if _HAS_UNIT.search(text) or not unit else f"{text} {unit}"
    if isinstance(kind, Option):
        return _option(kind, text)
    value = kind.parse(_number_text(text, unit) if isinstance(kind, Number | Whole) else text)
    if value is not None:
        kind.check(value)
    return value


def _money(field: Field, cell: object, text: str, unit: str) -> Any:
    if _UNDECIDED.search(text) and not re.search(r"\d", text):
        return amounts.parse_range("待定") if isinstance(field.kind, Range) else None
    if not _HAS_UNIT.search(text) and unit:
        text = _with_unit(cell, text, unit)
    value = field.kind.parse(text)
    if value is not None:
        field.kind.check(value)
    return value


def _with_unit(cell: object, text: str, unit: str) -> str:
    """Return an amount with its column's unit; a number that a spreadsheet computed is rounded to whole yuan."""
    word = unit if "元" in unit else unit + "元"
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return text + word
    number = Decimal(repr(cell))
    if "美" in unit or not 0 <= number <= amounts.MOST:
        return f"{number:f}{word}"
    scale = next((size for sign, size in _SCALE.items() if sign in unit), 1)
    yuan = (number * scale).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{number:f}{word}" if yuan == number * scale else f"{yuan}元"


def _number_text(text: str, unit: str) -> str:
    """Return a count without the words around it: 约500人 → 500; 万 in the column's unit is multiplied out."""
    body = re.sub(r"^约|[人名个家余多左右]+$", "", text.replace(",", "").replace("，", ""))
    if unit.startswith("万"):
        try:
            return f"{Decimal(body) * 10_000:f}"
        except ArithmeticError:
            return body
    return body


def _day_text(cell: object, text: str, order: DayOrder | None) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    bare = int(text) if isinstance(cell, str) and re.fullmatch("[2-7][0-9]{4}", text) else cell
    if isinstance(bare, int | float) and math.isfinite(bare) and int(bare) in _SERIAL_DAYS:
        return (_FIRST_DAY_OF_EXCEL + timedelta(days=int(bare))).isoformat()
    read = readings(text)
    if not read:
        return _TIME.sub("", text)
    if order is not None and order not in read:
        raise BadInput(
            _("“{text}” does not fit the order of its column ({order}).").format(
                text=text, order=_(DAY_ORDER_LABELS[order])
            )
        )
    if order is None and len(set(read.values())) > 1:
        raise BadInput(
            _(
                "“{text}” can be read two ways. Say for the column how its days are written (day or month first; "
                "--day-order on the command line), or write 2023-06-30."
            ).format(text=text)
        )
    return (read[order] if order else next(iter(read.values()))).isoformat()


def near(cell: object, read: Any, day: date) -> Any:
    """Return what a cell says that is read beside another ``day`` of its row, from which on it lies: 5.19, 周三.

    ``read`` is what it says today, which stays where its day does not hang on that.
    """
    if not isinstance(cell, str) or readings(cell):
        return read
    words = import_day_words.meant(text_of(cell))
    text = words.text if isinstance(words, import_day_words.Day) else _TIME.sub("", text_of(cell))
    return end_of(text, days.parse_day(days.without_by(text), day, ahead=True))


def end_of(cell: object, read: days.FuzzyDay) -> date:
    """Return the last day of a deadline that was ``read`` of a cell without its 前: 5月底, 8月前."""
    text = text_of(cell)
    plain = days.without_by(text)
    return read.last if plain == text else days.due_by(read, plain).last


def is_not_yet(text: str) -> bool:
    """Say whether the cell of a stage's day says that it has not been reached: 未开工, 尚未投产."""
    return _NOT_YET.fullmatch(text) is not None


def has_no_end(text: str) -> bool:
    """Say whether a deadline names no day at all: 长期有效, 持续推进, 待定."""
    return _NO_END.fullmatch(text) is not None


def is_undecided(text: str) -> bool:
    """Say whether a cell says that nothing is decided yet: 待定, 面议."""
    return _UNDECIDED.fullmatch(text) is not None


def _option(kind: Option, text: str) -> Any:
    try:
        return kind.parse(text)
    except BadInput:
        for word, option in import_options.WORDS.get(kind.options, ()):
            if word in text.upper():
                return option
        raise


def time_in(cell: object) -> str | None:
    """Return the time of day a cell holds beside its day, as 14:30."""
    if isinstance(cell, datetime) and cell.time() != time():
        return cell.strftime("%H:%M")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    found = _TIME.search(text_of(cell))
    if found is None:
        return None
    plain = _PLAIN_CLOCK.fullmatch(found["time"])
    if plain:
        return f"{int(plain[1]):02}:{plain[2]}"
    spoken = clock_words.time_in(found["time"])
    return spoken.strftime("%H:%M") if spoken else None


@dataclass(frozen=True)
class Spoken:
    """A person as one cell names them: 张某某 总经理 138…; ``phone`` is still as typed."""

    name: str
    title: str = ""
    phone: str = ""


def people_in(text: str) -> tuple[Spoken, ...]:
    """Return the people a cell names, with the titles and phones that stand beside or below them."""
    found: list[Spoken] = []
    for part in _PEOPLE_APART.split(unicodedata.normalize("NFKC", text).replace("：", ":")):
        phone = _PHONE.search(part)
        rest = (part[: phone.start()] + " " + part[phone.end() :]) if phone else part
        nameless = _NAMELESS.search(rest)
        rest = _AROUND_PEOPLE.sub(" ", _NAMELESS.sub(" ", rest))
        name, title = _named(" ".join(rest.split()).strip("、,，").split(" "))
        if not title:
            name, title = people.parted(name)
        if nameless:
            name, title = nameless.group(), f"{name} {title}".strip()
        if not (name or phone):
            continue
        spoken = Spoken(name, title, phone.group() if phone else "")
        together = _together(found[-1], spoken) if found else None
        if together:
            found[-1] = together
        else:
            found.append(spoken)
    return tuple(found)


def _named(words: list[str]) -> tuple[str, str]:
    """Return the name that words begin with, and what stands behind it; Latin words are one name: Anna Smith."""
    latin = takewhile(lambda word: _LATIN.match(word) and not _ENGLISH_POST.match(word), words)
    name = max(1, len(list(latin)))
    return " ".join(words[:name]), " ".join(words[name:])


def _together(person: Spoken, below: Spoken) -> Spoken | None:
    """Return a person with a title or a phone that stands alone below them; None where somebody else begins."""
    if below.title or (person.phone and below.phone):
        return None
    phone = person.phone or below.phone
    if not below.name:
        return Spoken(person.name, person.title, phone)
    return Spoken(person.name, below.name, phone) if not person.title and people.is_title(below.name) else None


def year_of(text: str) -> int:
    """Return the year a cell names, by itself or as part of a day; raise BadInput where it names none."""
    found = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", unicodedata.normalize("NFKC", text))
    if not found:
        raise BadInput(_("“{text}” names no year.").format(text=text))
    return int(found[0])


def share_of(text: str) -> Decimal | None:
    """Return a share in per cent: 60%, 60 or 0.6; raise BadInput for what is none."""
    body = text.strip().rstrip("%％")
    try:
        number = Decimal(body)
    except InvalidOperation as error:
        raise BadInput(_("“{text}” is not a share in per cent.").format(text=text)) from error
    if not number.is_nan() and number <= 1 and "%" not in text and "％" not in text:
        number *= 100
    if number.is_nan() or not 0 < number <= 100:
        raise BadInput(_("“{text}” is not a share in per cent.").format(text=text))
    return number

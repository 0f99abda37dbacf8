"""Phone numbers: read in any written form, kept as E.164 with the extension, masked for paper.

The stored form is ``+8613800000000`` or ``+862347654321;ext=8001``. A number without a country is Chinese.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from crm_app import late
from crm_app.errors import BadInput
from crm_app.i18n import _

_REGION = "CN"
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)\s*(\d{1,6})\s*$", re.I)
_DASHED_EXTENSION = re.compile(r"(0\d{2,3}[-\s]\d{7,8})-(\d{1,6})$")
_SHAPE = re.compile(r"\+?[\d\s()\-.]{6,24}")
_CHINESE_MOBILE = re.compile(r"\+86(1[3-9]\d)(\d{4})(\d{4})")

_PLAIN_MOBILE = re.compile(r"(?:\+86)?(1(?:[38][0-9]|4[57]|[59][0-35-9]|6[25-7]|7[0-35-8])[0-9]{8})")
"""Mobiles as nearly all are written, of ranges that are given out; the library would say the same, and take 60 µs."""

_BETWEEN = r"[ \t\u00a0\u2002-\u200b\u3000\-–—－·]?"
_DATE = r"[ -](?:19|20)\d\d-\d\d?-\d"
"""A date after a number of three digits is not the rest of a phone."""
_WRITTEN = re.compile(
    # A credit code may hold eleven digits in a row: it is taken whole, and left alone.
    r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])"
    rf"|(?P<mobile>(?<!\d)(?:(?:\+|00)?86{_BETWEEN})?1[3-9]\d(?!{_DATE})(?:{_BETWEEN}\d){{8}})(?!\d|\.\d|\s*[元万亿])"
    r"|(?P<abroad>\+(?!86)[1-9]\d{0,2}[\d \-().]{5,18}\d)(?!\d)"
)
_MAYBE_WRITTEN = re.compile(r"[1１][3-9３-９]|[+＋]")
"""What every number that is masked has in it, found quickly: most texts hold none."""
_ONE_IS_IN_EACH = "1１+＋"
_NARROW = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}
_MASKED = re.compile(r"\d{3}\*{4}\d{4}|\+\d{1,3} \*{4,}\d{4}")


def _fold(text: str) -> str:
    return re.sub(r"[—–‐－]", "-", unicodedata.normalize("NFKC", text)).strip()


def _read(text: str) -> Any | None:
    """Return the library's number, or None where there is none that can exist."""
    library = late.phonenumbers()
    body = _EXTENSION.sub(r" ext. \1", _DASHED_EXTENSION.sub(r"\1 ext. \2", _fold(text)))
    if body.startswith("00"):
        body = "+" + body[2:]
    elif re.match(r"86[\s-]?1[3-9]\d{9}$", body):
        body = "+" + body
    try:
        number = library.parse(body, _REGION)
    except library.NumberParseException:
        return None
    return number if library.is_valid_number(number) else None


def plain_mobile(text: str) -> str | None:
    """Return the stored form of a Chinese mobile that is written without spaces; None for anything else."""
    mobile = _PLAIN_MOBILE.fullmatch(text)
    return "+86" + mobile[1] if mobile else None


def plain_mobiles(texts: Iterable[str | None]) -> list[str | None]:
    """Return what :func:`plain_mobile` says of each, None of None."""
    found = map(_PLAIN_MOBILE.fullmatch, [text or "" for text in texts])
    return ["+86" + mobile[1] if mobile else None for mobile in found]


def parse(text: str) -> str:
    """Return the stored form; raise BadInput for what cannot be a number."""
    mobile = plain_mobile(text)
    if mobile:
        return mobile
    library = late.phonenumbers()
    number = _read(text)
    if number is None:
        raise BadInput(
            _("“{text}” is not a phone number. Write a landline with its area code, one abroad with + and the country.")
            .format(text=text.strip())
        )  # fmt: skip
    extension = number.extension
    number.extension = None
    stored: str = library.format_number(number, library.PhoneNumberFormat.E164)
    return f"{stored};ext={extension}" if extension else stored


def _main_and_extension(stored: str) -> tuple[str, str]:
    main, _mark, extension = stored.partition(";ext=")
    return main, extension


def show(stored: str) -> str:
    """Return a stored number grouped for reading: “138 0000 0000”, “023-8765 4321 转 8001”, “+66 2 123 4567”."""
    main, extension = _main_and_extension(stored)
    mobile = _CHINESE_MOBILE.fullmatch(main)
    if mobile:
        text = " ".join(mobile.groups())
    else:
        library = late.phonenumbers()
        form = library.PhoneNumberFormat.NATIONAL if main.startswith("+86") else library.PhoneNumberFormat.INTERNATIONAL
        try:
            text = library.format_number(library.parse(main, None), form)
        except library.NumberParseException:
            # What damage has left of a number is shown as it stands.
            text = main
    return _("{number} ext. {extension}").format(number=text, extension=extension) if extension else text


def mask(stored: str) -> str:
    """Return a stored number for paper and export: a mobile's middle is hidden (138****0000), a landline is shown.

    Abroad a mobile cannot always be told from a landline: all but the last four digits of the number are hidden.
    """
    main, _extension = _main_and_extension(stored)
    mobile = _CHINESE_MOBILE.fullmatch(main)
    if mobile:
        return f"{mobile[1]}****{mobile[3]}"
    if main.startswith("+86"):
        return show(stored)
    number = late.phonenumbers().parse(main, None)
    hidden = "*" * max(len(str(number.national_number)) - 4, 4)
    return f"+{number.country_code} {hidden}{main[-4:]}"


def mask_all(text: str) -> str:
    """Return a text with every mobile number in it masked, however it was written; landlines and amounts stay.

    Digits of any width and with any single space or dash between them are found.
    """
    if not _MAYBE_WRITTEN.search(text):
        return text
    folded = one_to_one(text)
    pieces, done = [], 0
    for match in _WRITTEN.finditer(folded):
        masked = _mask_written(match)
        if masked:
            pieces += [text[done : match.start()], masked]
            done = match.end()
    return "".join([*pieces, text[done:]])


def mask_many(texts: Sequence[str | None]) -> Sequence[str | None]:
    """Return the texts with every mobile number masked; where none can hold one, they are the very same."""
    joined = "\n".join(filter(None, texts))
    if not any(mark in joined for mark in _ONE_IS_IN_EACH) or not _MAYBE_WRITTEN.search(joined):
        return texts
    return [mask_all(text) if text else text for text in texts]


def one_to_one(text: str) -> str:
    """Fold digits, signs and letters of full width, character by character, so that places stay what they are."""
    return text if text.isascii() else text.translate(_NARROW)


def written_pattern(stored: str) -> str:
    """Return the regular expression that finds a stored number however it was typed, in a text of one width."""
    main, _extension = _main_and_extension(stored)
    number = late.phonenumbers().parse(main, None)
    between = r"[\s\u00a0\u3000()\-–—－·]{0,2}"
    digits = between.join(str(number.national_number))
    return rf"(?<!\d)(?:(?:\+|00)?{number.country_code}{between})?\(?0?{digits}(?!\d)"


def _mask_written(match: re.Match[str]) -> str:
    if match["mobile"]:
        digits = fragment(match["mobile"])[-11:]
        return f"{digits[:3]}****{digits[-4:]}"
    if match["abroad"]:
        number = _read(match["abroad"])
        return mask(parse(match["abroad"])) if number is not None else ""
    return ""


def unmask(text: str, known: str) -> str:
    """Return a text that went out masked and came back, with the whole numbers that ``known`` still holds.

    A number that ``known`` does not hold stays masked: there is nothing to put in its place.
    """
    if not _MASKED.search(text):
        return text
    whole: dict[str, list[str]] = defaultdict(list)
    for match in _WRITTEN.finditer(one_to_one(known)):
        number = known[match.start() : match.end()]
        whole[mask_all(number)].append(number)

    def back(masked: re.Match[str]) -> str:
        numbers = whole[masked[0]]
        # Two that look alike masked come back in the order they stood in.
        return (numbers.pop(0) if len(numbers) > 1 else numbers[0]) if numbers else masked[0]

    return _MASKED.sub(back, text)


def looks_like(text: str) -> bool:
    """Tell whether the text is a phone number; what looks like one can be parsed."""
    body = _EXTENSION.sub("", _fold(text)).strip()
    return bool(_SHAPE.fullmatch(body)) and _read(text) is not None


def fragment(text: str) -> str:
    """Return the digits of a text alone, to look for a number by a part of it."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))

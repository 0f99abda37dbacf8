"""Phone numbers: read in any written form, kept as E.164 with the extension, masked for paper.

The stored form is ``+8613800000000`` or ``+862347654321;ext=8001``. A number without a country is Chinese.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from crm_app import late
from crm_app.errors import BadInput
from crm_app.i18n import _

_REGION = "CN"
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)\s*(\d{1,6})\s*$", re.I)
_DASHED_EXTENSION = re.compile(r"(0\d{2,3}[-\s]\d{7,8})-(\d{1,6})$")
_SHAPE = re.compile(r"\+?[\d\s()\-.]{6,24}")
_CHINESE_MOBILE = re.compile(r"\+86(1[3-9]\d)(\d{4})(\d{4})")


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


def parse(text: str) -> str:
    """Return the stored form; raise BadInput for what cannot be a number."""
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
        text = library.format_number(library.parse(main, None), form)
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


def looks_like(text: str) -> bool:
    """Tell whether the text is a phone number; what looks like one can be parsed."""
    body = _EXTENSION.sub("", _fold(text)).strip()
    return bool(_SHAPE.fullmatch(body)) and _read(text) is not None


def fragment(text: str) -> str:
    """Return the digits of a text alone, to look for a number by a part of it."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))

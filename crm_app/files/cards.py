"""Contact cards (vCard 2.1 to 4.0, RFC 6350) as rows the importer knows, under the headers of an office's ledger."""

from __future__ import annotations

from collections.abc import Iterator

from crm_app.domain.import_headers import ROW_ID
from crm_app.files.card_lines import Line, blocks, first, own_id, parts, plain, plain_first, text_of
from crm_app.files.cells import Cell
from crm_app.i18n import _

CONTACT_HEADERS = ("企业名称", "联系人", "职务", "联系电话", "电子邮箱", "地址", "个人备注", ROW_ID)


def read_contacts(data: bytes) -> Iterator[list[Cell]]:
    """Yield the headers and a row for each card; raise Unreadable, or UnknownEncoding."""
    yield [_(header) if header == ROW_ID else header for header in CONTACT_HEADERS]
    for _kind, card in blocks(data, ("VCARD",)):
        yield _contact(card)


def _contact(block: list[Line]) -> list[Cell]:
    organisation = first(block, "ORG")
    address = first(block, "ADR")
    return [
        (parts(organisation)[0] or None) if organisation else None,
        plain_first(block, "FN") or _name(block),
        plain_first(block, "TITLE"),
        _phone(block),
        plain_first(block, "EMAIL") or plain_first(block, "X-WECHAT"),
        _address(parts(address)) if address else None,
        plain_first(block, "NOTE"),
        own_id(block, "contact"),
    ]


def _name(block: list[Line]) -> str | None:
    line = first(block, "N")
    if line is None:
        return None
    family, given, *_rest = [*parts(line), "", ""]
    foreign = (family + given).isascii()
    return (f"{given} {family}".strip() if foreign else family + given) or None


def _phone(block: list[Line]) -> str | None:
    """Return the numbers, the mobile ones first, each once; a URI (``tel:``) without its scheme, a fax is none."""
    lines = [line for line in block if line.name == "TEL" and line.value.strip() and "FAX" not in line.parameters]
    lines.sort(key=lambda line: "CELL" not in line.parameters)
    numbers = (plain(text_of(line)).removeprefix("tel:").replace(";ext=", " ext. ") for line in lines)
    return "; ".join(dict.fromkeys(numbers)) or None


def _address(parts: list[str]) -> str | None:
    """Join post box, extension, street, city, region, code, country, from the large to the small."""
    box, extension, street, city, region, _code, country, *_rest = [*parts, *[""] * 7]
    found = [part for part in (country, region, city, street, extension, box) if part]
    return ("" if any(not part.isascii() for part in found) else " ").join(found) or None

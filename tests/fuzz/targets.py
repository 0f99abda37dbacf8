"""What is fuzzed: every parser with the bytes or texts it is given and the errors it may answer with.

The suite gives each a few dozen inputs, ``make soak`` thousands; what was found is kept in ``FOUND``.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import struct
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from crm_app.briefs import codec, ledger
from crm_app.cli.main import parser
from crm_app.db import sealing
from crm_app.domain import (
    amounts,
    card_chats,
    days,
    import_cells,
    import_days,
    import_guesses,
    import_meanings,
    import_rows,
    imports,
    names,
    notices,
    numerals,
    people,
    phones,
    pinyin,
    regions,
    uscc,
)
from crm_app.domain.fields import Field
from crm_app.domain.records import RECORDS
from crm_app.errors import BadInput, CrmError, Refused
from crm_app.files import (
    calendars,
    cards,
    code_pages,
    csv_text,
    frames,
    markup,
    prose_reader,
    reading,
    sniffing,
    stripping,
    structure,
)
from crm_app.files.cells import SheetRows
from crm_app.files.unreadable import Unreadable
from crm_app.settings import Settings
from tests.briefs import samples
from tests.files import hostile
from tests.fuzz import keys_files

DAY = date(2023, 6, 14)
_PIECES = (
    "亿 万 千万 元 美元 约 - 至 ~ 以上 3 0.5 1e9 １２ 一百 两 半 廿 〇 年 月 日 号 底 上旬 中旬 周三 下周 下下周 "
    "星期天 明天 后天 大后天 前 后 内 季度 上半年 2023 2023-06-30 6.30 20230630 29 2 31 13800000001 +86 "
    "0086 023- 转 801 ( ) （ ） 张总 李 副主任 书记 单 仇 欧阳 重庆 江津区 广东省 有限公司 股份 集团 (示例) % ％ / 、 "
    "， ; \n \t \0 ∞ NaN inf -1 9999999999999999 ½ ² ٣ ⅷ 𠮷 \ud800 \u200b \ufeff 91500116MA5U 0"
)
TOKENS = _PIECES.split(" ")
typed = st.text(max_size=40) | st.lists(st.sampled_from(TOKENS), max_size=8).map("".join)
"""Anything at all, or pieces of what people type in any order."""
cells = st.one_of(
    typed,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@dataclass(frozen=True)
class Target:
    """One parser: what is handed to it, and what it may raise."""

    name: str
    run: Callable[[Any], object]
    given: st.SearchStrategy[Any]
    may_raise: tuple[type[BaseException], ...] = (BadInput,)


def mutated(whole: bytes, most: int = 6) -> st.SearchStrategy[bytes]:
    """Return whole bytes with some of them changed, cut out or put in."""
    edits = st.lists(
        st.tuples(st.integers(0, max(len(whole) - 1, 0)), st.integers(0, 40), st.binary(max_size=8)), max_size=most
    )

    def edit(found: Sequence[tuple[int, int, bytes]]) -> bytes:
        made = whole
        for at, gone, new in found:
            made = made[:at] + new + made[at + gone :]
        return made

    return edits.map(edit)


def _fields() -> list[Field]:
    return [field for record in RECORDS.values() for field in record.fields if field.kind.columns]


def _parse_and_show(field: Field, text: str) -> None:
    value = field.kind.parse(text)
    if value is not None:
        field.kind.check(value)
        field.kind.show(value)
        field.kind.store(value, field.name)


_TYPED_KINDS = {
    type(field.kind).__name__: field for field in _fields() if type(field.kind).parse.__qualname__[:4] != "Kind"
}


def _read_frames(data: bytes) -> None:
    stream = io.BytesIO(data)
    while frames.read_frame(stream) is not None:
        pass


def _gather(documents: Sequence[Any]) -> None:
    gathered = reading._Gathered(Path("ledger.xlsx"))
    for document in documents:
        gathered.take(document)
    gathered.sheets()


_CARD = (
    "BEGIN:VCARD\nN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=D5=\n=C5;;\nitem1.TEL;TYPE=CELL:138\nORG:a\\;b;c\nEND:VCARD\n"
    "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20230614\nSUMMARY:拜访 甲\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT\n"
).encode()


def _drained(answers: Iterable[object]) -> None:
    for _answer in answers:
        pass


def _framed(document: Any) -> bytes:
    body = json.dumps(document).encode()
    return struct.pack(">I", len(body)) + body


def _find_table(rows: list[list[Any]]) -> None:
    sheet = SheetRows("", rows, [(0, 0, min(2, len(rows)), 3)])
    found = structure.find(sheet, import_meanings.known_header)
    if found is None:
        return
    kind = import_guesses.guess_kind(found.headers).kind
    columns = imports.columns_for(kind, found.headers, found.unit)
    for row in found.data:
        import_rows.RowReader(columns, {}).read(found.rows[row])


def _settings(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.json"
        file.write_bytes(data)
        held = Settings(file)
        _all = (held.language, held.look, held.recent_books, held.geometry("main"), held.last("source"))
        held.set_last("source", "x")
        held.end()


_WORDS = (
    "new open log import export search show history figures brief backup restore check undo tour --json --book --kind "
    "--from --to -o --limit --demo --dry-run --rejects --next --amount 2023-06-30 一 x.xlsx -- - --of auto"
)


def _arguments(words: Sequence[str]) -> None:
    # A terminal's stream writes half a character as an escape; what gathers a test's output refuses it.
    with contextlib.redirect_stderr(io.StringIO()):
        parser().parse_args(list(words))


_PAPER = codec.to_json(ledger.compose(samples.ledger(2)))


def _paper_with(places: Sequence[int], value: Any) -> str:
    """Return the paper's JSON with another value somewhere in it."""
    held = json.loads(_PAPER)
    inner: Any = held
    for place in places:
        keys_of = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        key = keys_of[place % len(keys_of)]
        if not isinstance(inner[key], (dict, list)) or not inner[key]:
            break
        inner, last = inner[key], (inner, key)
        held_at = last
    else:
        key = None
    target, name = (inner, key) if key is not None else held_at
    target[name] = value
    return json.dumps(held)


TARGETS = (
    *(Target(f"field {name}", partial(_parse_and_show, field), typed) for name, field in sorted(_TYPED_KINDS.items())),
    Target("amounts.parse_range", amounts.parse_range, typed),
    Target("amounts.parse_money", amounts.parse_money, typed),
    Target("days.parse_day", lambda text: days.parse_day(text, DAY), typed),
    Target("days.parse_day ahead", lambda text: days.parse_day(text, DAY, ahead=True), typed),
    Target("days.parse_next_step", lambda text: days.parse_next_step(text, DAY), typed),
    Target("phones.parse", phones.parse, typed),
    Target("phones", lambda text: (phones.looks_like(text), phones.fragment(text), phones.mask_all(text)), typed, ()),
    Target(
        "people",
        lambda text: (people.surname(text), people.salutation(text, text), people.with_post(text)),
        typed,
        (),
    ),
    Target("uscc.normalize", uscc.normalize, typed),
    Target("uscc.looks_like", uscc.looks_like, typed, ()),
    Target("names", lambda text: (names.clean(text), names.match_key(text)), typed, ()),
    Target("regions", lambda text: (regions.find(text), regions.leading(text)), typed, ()),
    Target("numerals.read", numerals.read, typed, ()),
    Target("pinyin", lambda text: (pinyin.sort_key(text), pinyin.initials(text), pinyin.person_full(text)), typed, ()),
    Target("people pasted", card_chats.people, typed, ()),
    Target("notices.read", lambda text: notices.read(text, DAY), typed, ()),
    Target(
        "prose",
        prose_reader.lines_of,
        st.binary(max_size=80) | mutated(hostile.word("截至6月底，示例区签约项目70个，位居全市第二。")),
        (Unreadable,),
    ),
    Target("import_cells.people_in", import_cells.people_in, typed, ()),
    Target("import_cells.share_of", import_cells.share_of, typed),
    Target("import_cells.time_in", import_cells.time_in, cells, ()),
    Target("import_days.readings", import_days.readings, typed, ()),
    Target(
        "a column of unknown header",
        lambda held: imports.columns_for("enterprises", ["丙列"], samples=[[cell] for cell in held]),
        st.lists(cells, max_size=4),
        (),
    ),
    *(
        Target(
            f"import cell {name}",
            partial(lambda field, cell: import_cells.read_cell(field, cell, "万元"), field),
            cells,
        )
        for name, field in sorted(_TYPED_KINDS.items())
    ),
    Target(
        "frames", _read_frames, st.binary(max_size=60) | mutated(_framed({"rows": [[1, "x"]]})), (frames.BrokenFrame,)
    ),
    Target(
        "what the child says",
        _gather,
        st.lists(
            st.fixed_dictionaries({"sheet": json_values, "merges": json_values})
            | st.fixed_dictionaries({"rows": json_values})
            | st.just({"sheet": "一", "merges": []})
            | json_values,
            max_size=5,
        ),
    ),
    Target(
        "csv",
        lambda data: list(csv_text.read_rows(csv_text.decode(data))),
        st.binary(max_size=80)
        | mutated("企业名称,备注\n甲,'=1\n".encode("gb18030"))
        | typed.map(lambda t: t.encode("utf-16", "ignore")),
        (csv_text.UnknownEncoding, csv.Error),
    ),
    Target(
        "code pages",
        lambda data: code_pages.spelling(code_pages.mended(data)[1] or "", [["\xc6\xf3", data.decode("latin-1")]])(
            "\xd2\xb5"
        ),
        mutated((Path(hostile.__file__).parent / "data" / "excel95.xls").read_bytes()[:2048]),
        (),
    ),
    Target(
        "markup",
        lambda data: markup.read_markup(data.decode("utf-8", "replace")),
        mutated("<table><tr><td rowspan=2 colspan=3>甲<br>&amp;</td><th>乙</tr><Row ss:Index='3'><Cell>".encode()),
        (Unreadable,),
    ),
    Target(
        "cards",
        lambda data: (_drained(cards.read_contacts(data)), calendars.read_calendar(data)),
        st.binary(max_size=80) | mutated(_CARD),
        (csv_text.UnknownEncoding, Unreadable),
    ),
    *(
        Target(
            f"a {kind} without its place",
            partial(lambda kind, data: stripping.strip(data, f"image/{kind.lower()}", 6), kind),
            mutated(hostile.animation() if kind == "GIF" else hostile.photo(kind)),
            (Unreadable,),
        )
        for kind in ("JPEG", "PNG", "WEBP", "GIF")
    ),
    Target(
        "what a file is",
        lambda data: sniffing.media_type(data, "a.docx"),
        st.binary(max_size=80) | mutated(b"<?xml version='1.0'?><!-- x --><svg/>"),
        (),
    ),
    Target(
        "a sealed file",
        lambda data: _drained(sealing.unseal(bytes(32), io.BytesIO(data))),
        st.binary(max_size=80) | mutated(b"".join(sealing.seal(bytes(32), [b"a photo"])), 2),
        (sealing.Tampered,),
    ),
    Target(
        "a table in a sheet",
        _find_table,
        st.lists(
            st.lists(cells | st.sampled_from(["企业名称", "联系人", "金额(万元)", "合计", "序号", "日期"]), max_size=5),
            max_size=6,
        ),
        (),
    ),
    Target(
        "settings",
        _settings,
        st.binary(max_size=60)
        | json_values.map(lambda held: json.dumps(held).encode())
        | mutated(b'{"last": {"source": "x"}, "recent_books": ["/a"], "look": "dark"}'),
        (),
    ),
    Target(
        "keys file",
        keys_files.read,
        st.binary(max_size=200) | mutated(keys_files.file_of(keys_files.sound_slots())),
        (Refused, CrmError),
    ),
    Target(
        "keys file with a right hash",
        keys_files.read,
        st.builds(keys_files.slots_with, st.sampled_from(keys_files.PLACES), json_values)
        | json_values.map(keys_files.with_right_hash),
        (CrmError,),
    ),
    Target(
        "a kept paper",
        codec.from_json,
        mutated(_PAPER.encode(), 3).map(lambda data: data.decode("utf-8", "replace"))
        | st.builds(_paper_with, st.lists(st.integers(0, 9), min_size=1, max_size=5), json_values)
        | json_values.map(json.dumps),
        (Refused,),
    ),
    Target(
        "command line",
        _arguments,
        st.lists(st.sampled_from(_WORDS.split(" ")) | typed, max_size=6),
        (SystemExit, CrmError),
    ),
)

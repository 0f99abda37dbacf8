"""Whatever stands in a record is printed as it is written: never markup, never a file or an address that is fetched."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_app.briefs import pdf
from crm_app.briefs.content import (
    Cell,
    Column,
    Cover,
    Fact,
    Heading,
    KeyValue,
    Paper,
    Paragraph,
    RedHead,
    Run,
    Signature,
    SignOff,
    Table,
)
from crm_app.briefs.lacking import lacking
from crm_app.briefs.typeset import clean
from crm_app.domain.papers import PaperState
from tests.briefs import reading

FETCHED = ("open", "socket.connect", "socket.getaddrinfo", "urllib.Request", "subprocess.Popen", "os.system")
PIECES = (
    '<img src="/etc/passwd"/>',
    '<img src="http://127.0.0.1:9/x.png">',
    '<a href="file:///etc/passwd">',
    "<b>",
    "</para>",
    "<font color=red>",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "&amp;",
    "&#65;",
    "%s",
    "{page}",
    "{0.__class__}",
    "\\",
    "(",
    ")>>",
    "endobj",
    "/JavaScript",
    "=cmd|'/c calc'!A0",
    "江津",
    "𬭎",
    "😀",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\x00",
    "\x1b[2J",
    "\ud800",
    "\t",
)

_watching: list[list[str]] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event in FETCHED:
        _watching[-1].append(f"{event} {arguments[:1]}")


sys.addaudithook(_hear)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Yield what this process opens or calls meanwhile."""
    _watching.append([])
    try:
        yield _watching[-1]
    finally:
        _watching.pop()


def everywhere(text: str) -> Paper:
    """Return a paper with the text at every place a text can stand."""
    return Paper(
        "visit",
        text or "无",
        "zh_CN",
        (
            Cover(text, (text,), (text,)),
            Heading(1, text),
            Paragraph((Run(text), Run(text, bold=True))),
            Table((Column(text, 1, unit=text),), ((Cell(text),),), total=(Cell(text),), caption=text, note=text),
            KeyValue((Fact(text, (Run(text),), wide=True),)),
            Signature(text, text),
            SignOff((text,), text, text),
        ),
        subtitle=text,
        author=text,
        head=RedHead(text or "无", text, text, text),
    )


@pytest.fixture(scope="module", autouse=True)
def fonts_are_loaded() -> None:
    """The program's own fonts are read once, before anything is watched."""
    # What no face has is looked for in all of them.
    pdf.render(everywhere("江津𬭎A😀"), state=PaperState.DRAFT)


@example("/JavaScript")
@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_hostile_text_is_printed_literally_and_fetches_nothing(text: str) -> None:
    with watched() as heard:
        made = pdf.render(everywhere(text), state=PaperState.DRAFT)
    assert heard == []
    read = reading.text_of(made).replace(" ", "")
    assert read.count(clean(text).replace(" ", "").replace("\n", "")) >= 5
    assert "root:" not in read
    # What stands in a text of the file, such as its title, is a text whatever it says.
    structure = re.sub(rb"\((?:\\.|[^\\()])*\)", b"()", made)
    for active in (b"/JavaScript", b"/JS ", b"/Launch", b"/URI", b"/EmbeddedFile", b"/GoToR", b"/OpenAction"):
        assert active not in structure


@given(st.text(st.characters(), max_size=60))
def test_any_text_can_be_printed(text: str) -> None:
    assert pdf.render(everywhere(text), state=PaperState.DRAFT).startswith(b"%PDF-")


@given(st.text(st.sampled_from("\u200b\ufeff\u202e\x00\x07\ud800"), max_size=5))
def test_what_cannot_be_seen_is_never_said_to_lack_a_font(text: str) -> None:
    assert lacking(everywhere(f"江{text}津")) == []


def test_the_watch_hears_what_it_is_there_for() -> None:
    with watched() as heard, Path(__file__).open("rb"):
        pass
    assert heard

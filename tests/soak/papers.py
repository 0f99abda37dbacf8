"""Every kind of paper in the hands of others: poppler, MuPDF and LibreOffice open, list and convert it.

Programs that are not on the machine are named and left out (Debian: poppler-utils, mupdf-tools,
libreoffice-writer-nogui). Each kind is drawn as it is, with the longest names, in long English words, with markup in
every name, and with letters of many scripts; a ledger also with no rows and with a thousand. LibreOffice lays a table
out slower than its rows grow: 2 s of the processor for 250 of them, 12 s for 1,000, minutes for 5,000.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from crm_app.briefs import ledger, pdf, word
from crm_app.briefs.content import Chart, Cover, Month, Paper, Qr
from crm_app.briefs.layout import lay_out
from crm_app.briefs.texts import mapped, texts_of
from crm_app.domain.papers import PaperState
from tests.briefs import reading, samples, sheets
from tests.briefs.test_content import PAPERS
from tests.briefs.test_sheets import CHANGES

_SECONDS = 600
_ROWS = 1_000
_OF_ITSELF = ("warning: ICC support is not available",)
"""What Debian's MuPDF says of how it was built."""
_ALIKE = 0.97
"""Of the words of a paper that have to be found where another program reads it."""


def run() -> str:
    """Draw, hand over, and say how much."""
    programs = {name: bool(shutil.which(name)) for name in ("pdfinfo", "pdffonts", "pdftotext", "mutool", "soffice")}
    missing = [name for name, there in programs.items() if not there]
    if missing:
        print(f"  not on this machine, therefore not asked: {', '.join(missing)}", flush=True)
    drawn = 0
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        for name, make in _papers():
            drawn += 1
            paper = make()
            path = Path(folder) / f"{name}.pdf"
            path.write_bytes(pdf.render(paper, state=PaperState.REVIEW))
            _open(name, paper, path, programs)
            if programs["soffice"] and " " not in name:
                _compare(name, paper, path)
    return f"{drawn} papers, read alike by all programs at hand"


def _papers() -> Iterator[tuple[str, Callable[[], Paper]]]:
    for kind, make in PAPERS.items():
        yield kind, make
        for change, how in CHANGES.items():
            yield f"{kind} {change}", lambda make=make, how=how: mapped(make(), how)  # type: ignore[misc]
    for rows in (0, 200, _ROWS):
        yield f"ledger-{rows}", lambda rows=rows: ledger.compose(samples.ledger(rows))  # type: ignore[misc]


def _open(name: str, paper: Paper, path: Path, programs: dict[str, bool]) -> None:
    layout = lay_out(paper)
    assert not list(sheets.outside(layout)), name
    if programs["pdfinfo"]:
        about = _said("pdfinfo", path)
        assert re.search(r"^Pages:\s+" + str(len(layout.pages)) + "$", about, re.M), (name, about)
        assert re.search(r"^Tagged:\s+yes$", about, re.M), (name, about)
    if programs["pdffonts"]:
        rows = _said("pdffonts", path).splitlines()[2:]
        assert rows, name
        # Columns from the right: object (two numbers), uni, sub, emb.
        assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows), (name, rows)
    ours = _bare("".join(reading.pages_of(path.read_bytes())))
    if programs["pdftotext"]:
        _alike(name, ours, _bare(_said("pdftotext", path, "-")))
    if programs["mutool"]:
        _alike(name, ours, _bare(_said("mutool", "draw", "-q", "-F", "txt", path)))
        _said("mutool", "draw", "-q", "-r", "20", "-F", "png", "-o", path.with_suffix(".%d.png"), path)


def _said(*command: object) -> str:
    """Return what a program says; a word of complaint is a fault of the paper."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=_SECONDS)
    assert done.returncode == 0, (command, done.stderr)
    complaints = [line for line in done.stderr.splitlines() if line.strip() and line not in _OF_ITSELF]
    assert not complaints, (command, complaints)
    return done.stdout


def _alike(name: str, ours: str, theirs: str) -> None:
    """Hold that another reader finds the same characters; the order of cells beside one another is its own."""
    kept = sum(min(ours.count(one), theirs.count(one)) for one in set(ours))
    assert kept >= _ALIKE * max(len(ours), len(theirs)), (name, len(ours), len(theirs), kept)


def _bare(text: str) -> str:
    return "".join(text.split())


def _compare(name: str, paper: Paper, path: Path) -> None:
    """Let LibreOffice print the Word document: all texts in order, a page more or less than ours."""
    folder = path.parent / f"{name}-word"
    folder.mkdir()
    document = folder / "paper.docx"
    document.write_bytes(word.render(paper, state=PaperState.FINAL))
    began = time.monotonic()
    # A profile of its own: a second LibreOffice on the same one waits for the first without end.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(document)],
        check=True, capture_output=True, timeout=_SECONDS, env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
    )  # fmt: skip
    printed = (folder / "paper.pdf").read_bytes()
    read = _bare("".join(reading.pages_of(printed)))
    said = [_bare(text) for text in _texts(paper)]
    lost = [text for text in said if text and text[:6] not in read]
    assert len(lost) <= (1 - _ALIKE) * len(said), (name, lost)
    pages, ours = reading.count_of(printed), reading.count_of(path.read_bytes())
    print(f"  {name}: {ours} pages, {pages} by LibreOffice in {time.monotonic() - began:.0f} s", flush=True)
    # In Word a day of the calendar lists all that it holds; on paper it says how many more there are.
    if not any(isinstance(block, Month) for block in paper.blocks):
        assert abs(pages - ours) <= max(1, ours // 10), (name, ours, pages)


def _texts(paper: Paper) -> Iterator[str]:
    """Yield what a Word document shows as text.

    A title on a cover is in parts, a code's label is said instead of shown, and the figures of a chart are Word's own.
    """
    for block in paper.blocks:
        if isinstance(block, Chart):
            yield block.caption
        elif not isinstance(block, Qr):
            yield from texts_of(block)
    if not isinstance(paper.blocks[0], Cover):
        yield paper.title

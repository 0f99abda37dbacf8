"""Real ledgers, changed byte by byte, read by the real child: rows or a sentence, and the program goes on."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import xlsxwriter
from hypothesis import strategies as st

from crm_app.errors import BadInput
from crm_app.files.reading import read_tables
from tests.fuzz.targets import mutated

_OLD = Path(__file__).parent.parent / "files" / "data" / "ledger.xls"


def _workbook() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        made = xlsxwriter.Workbook(path)
        sheet = made.add_worksheet("企业")
        sheet.merge_range(0, 0, 0, 2, "客商台账")
        sheet.write_row(1, 0, ["企业名称", "员工数", "日期"])
        sheet.write_row(2, 0, ["甲公司", 500, "2023-06-30"])
        made.close()
        return path.read_bytes()


def damaged() -> st.SearchStrategy[tuple[str, bytes]]:
    """Return names and contents of files that were sound once, or end in the wrong name."""
    whole = {
        "a.xlsx": _workbook(),
        "a.xls": _OLD.read_bytes(),
        "a.csv": "企业名称,员工数\n甲公司,500\n".encode("gb18030"),
    }
    names = st.sampled_from(sorted(whole))
    return st.one_of(
        *(st.tuples(st.just(name), mutated(content)) for name, content in whole.items()),
        *(st.tuples(st.just(name), mutated(content, 200)) for name, content in whole.items()),
        st.tuples(names, st.sampled_from(sorted(whole.values()))),
        # Cut off in the middle, as by a stick that was pulled.
        st.builds(lambda name, part: (name, whole[name][: len(whole[name]) * part // 100]), names, st.integers(0, 99)),
    )


def read(name: str, content: bytes) -> None:
    """Read a file through the child; any other error than a sentence comes out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        with contextlib.suppress(BadInput):
            read_tables(path)

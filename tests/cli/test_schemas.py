"""What ``--json`` prints is what docs/schemas promise, and nothing else is on stdout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from crm_app.app import main
from crm_app.db.engine import PAGE
from tests.cli.shell import SCHEMAS, promised


@pytest.fixture
def book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = str(tmp_path / "t.crm")
    assert main(["new", path]) == 0
    capsys.readouterr()
    return path


def check(capsys: pytest.CaptureFixture[str], schema: str, *words: str) -> Any:
    assert main([*words, "--json"]) == 0
    return promised(schema, json.loads(capsys.readouterr().out))


@pytest.mark.parametrize("schema", [path.stem for path in sorted(SCHEMAS.glob("*.json"))])
def test_every_schema_is_one(schema: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads((SCHEMAS / f"{schema}.json").read_text("utf-8")))


def test_log_show_history_and_search_keep_their_contract(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--contact", "张小示", "--phone", "13800000001", "--amount", "约3-5亿", "--next", "下周三 回访"]
    logged = check(capsys, "log", "--book", book, "log", "渝能电池(示例)", *words)
    bare = check(capsys, "log", "--book", book, "log", "江驰电机(示例)")
    assert (bare["contact"], bare["task"]) == (None, None)
    for one in (*logged.values(), bare["id"]):
        assert check(capsys, "show", "--book", book, "show", one)["id"] == one
        assert check(capsys, "history", "--book", book, "history", one)[0]["field"] == ""
    found = check(capsys, "search", "--book", book, "search", "渝能")
    assert logged["enterprise"] in [hit["id"] for hit in found]
    assert check(capsys, "search", "--book", book, "search", "没有的") == []


def test_check_keeps_its_contract(book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--book", book, "log", "渝能电池(示例)"])
    capsys.readouterr()
    sound = {"entries": None, "findings": [], "salvaged": None}
    assert check(capsys, "check", "--book", book, "check") == sound
    assert check(capsys, "check", "--book", book, "check", "--rebuild-index") == {**sound, "entries": 2}
    content = Path(book).read_bytes()
    Path(book).write_bytes(bytes(PAGE) + content[PAGE:])
    told = check(capsys, "check", "--book", book, "check", "--repair", str(tmp_path / "new.crm"))
    assert told["salvaged"] == str(tmp_path / "new.crm")
    assert told["findings"]


def test_import_keeps_its_contract_and_a_dry_run_writes_nothing(
    book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("企业名称,统一社会信用代码\n甲公司,\n乙公司,123\n,\n", "gb18030")
    words = ["--book", book, "import", str(path)]
    dry = check(capsys, "import", *words, "--dry-run")
    rejects = tmp_path / "退回.csv"
    first = check(capsys, "import", *words, "--rejects", str(rejects))
    again = check(capsys, "import", *words)
    for counts in (dry, first, again):
        assert counts["read"] == sum(counts[name] for name in ("created", "updated", "unchanged", "rejected"))
    assert (dry["created"], first["created"], again["created"], again["unchanged"]) == (1, 1, 0, 1)
    assert "乙公司" in rejects.read_text("utf-8-sig")


def test_every_kind_of_the_contract_is_taken_or_says_what_it_lacks(
    book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("颜色,企业名称\n红,甲\n", "utf-8")
    kinds = "enterprises contacts leads trips visits follow_ups projects signings funds stages targets rankings"
    for kind in [*kinds.split(), "yearly_results"]:
        code = main(["--book", book, "import", str(path), "--kind", kind, "--json", "--dry-run"])
        told = capsys.readouterr()
        assert (code == 0 and json.loads(told.out)["created"] == 1) or (code == 2 and told.err.count("\n") == 1), kind
        assert code == 0 or "颜色" in told.err


def test_an_order_of_days_and_several_files_are_taken_from_the_command_line(
    book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, other = tmp_path / "拜访.csv", tmp_path / "企业.txt"
    ledger.write_text("拜访企业,拜访日期\n甲公司,03/04/2023\n乙公司,05/06/2023\n", "gb18030")
    other.write_text("企业名称\t行业\n丙公司\t电池\n", "utf-16")
    words = ["--book", book, "import", str(ledger), str(other)]
    assert main([*words, "--dry-run"]) == 0
    assert "--day-order dmy|mdy" in capsys.readouterr().out
    assert check(capsys, "import", *words, "--dry-run")["rejected"] == 2
    taken = check(capsys, "import", *words, "--day-order", "mdy", "--encoding", "", "--policy", "fill")
    assert (taken["created"], taken["rejected"]) == (3, 0)
    assert check(capsys, "import", *words, "--day-order", "mdy")["unchanged"] == 3


def test_the_encoding_of_a_text_may_be_chosen(book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = tmp_path / "台帳.csv"
    ledger.write_text("企业名称,备注\n東亞電機股份有限公司,說明\n", "big5", errors="replace")
    words = ["--book", book, "import", str(ledger), "--kind", "enterprises"]
    assert main([*words, "--encoding", "utf-8"]) == 2
    assert ledger.name in capsys.readouterr().err
    headers = tmp_path / "b.csv"
    headers.write_text("企业名称,备注\n甲公司,說明\n", "utf-16-le")
    assert main(["--book", book, "import", str(headers)]) == 2
    capsys.readouterr()
    assert check(capsys, "import", "--book", book, "import", str(headers), "--encoding", "utf-16-le")["created"] == 1

"""What ``--json`` prints is what docs/schemas promise, and nothing else is on stdout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from crm_app.app import main

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"


@pytest.fixture
def book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = str(tmp_path / "t.crm")
    assert main(["new", path]) == 0
    capsys.readouterr()
    return path


def check(capsys: pytest.CaptureFixture[str], schema: str, *words: str) -> Any:
    assert main([*words, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    wanted = json.loads((SCHEMAS / f"{schema}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(wanted, format_checker=jsonschema.FormatChecker()).validate(printed)
    return printed


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


@pytest.mark.parametrize("kind", ["contacts", "trips", "follow_ups", "signings", "funds", "stages", "targets"])
def test_a_kind_not_built_yet_says_so(book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("企业名称\n甲\n", "utf-8")
    assert main(["--book", book, "import", str(path), "--kind", kind, "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert kind in told.err
    assert told.err.count("\n") == 1


def test_export_says_how_many_rows_and_refuses_in_one_line(
    book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(capsys, "log", "--book", book, "log", "渝能电池(示例)")
    out = tmp_path / "企业.xlsx"
    assert main(["--book", book, "export", "enterprises", str(out)]) == 0
    assert "1" in capsys.readouterr().out
    assert out.is_file()
    assert main(["--book", book, "export", "secrets", str(out)]) == 2
    assert capsys.readouterr().err.count("\n") == 1

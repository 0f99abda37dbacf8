"""The commands as a script meets them: what they print, what they leave, and the exit code where they refuse."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
import sqlcipher3

from crm_app.app import main
from crm_app.cli.commands import COMMANDS, Command
from crm_app.services import book as books
from crm_app.services import dictionaries
from tests.cli.shell import BAD_INPUT, REFUSED, Shell


def test_a_new_book_is_named_and_has_the_lists_that_ship(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new.crm"
    assert main(["new", str(path)]) == 0
    assert str(path) in capsys.readouterr().out
    made = books.open_book(path)
    assert dictionaries.entries(made, "channel")
    books.close_book(made)


def test_a_book_is_never_made_over_a_file(shell: Shell) -> None:
    before = shell.book.read_bytes()
    assert main(["new", str(shell.book)]) in (BAD_INPUT, REFUSED)
    assert shell.capsys.readouterr().err.count("\n") == 1
    assert shell.book.read_bytes() == before


def test_a_book_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--book", str(tmp_path / "none.crm"), "check"]) == BAD_INPUT
    assert "none.crm" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_lead_is_logged_shown_found_and_told(shell: Shell) -> None:
    printed = shell(
        "log", "渝能电池(示例)有限公司", "--contact", "张总", "--phone", "138 1234 5678", "--amount", "约3-5亿"
    )
    lead = printed.strip()
    shown = shell("show", lead)
    assert "约3亿元至5亿元" in shown
    record = shell.json("show", lead)
    assert (record["kind"], record["id"], record["deleted"]) == ("lead", lead, False)

    for query, kind in (
        ("渝能", "enterprise"),
        ("ynDC", "enterprise"),
        ("13812345678", "contact"),
        ("5678", "contact"),
    ):
        assert kind in [hit["kind"] for hit in shell.json("search", query)], query
    assert lead in shell("search", "渝能", "--kind", "lead")
    assert len(shell.json("search", "渝能", "--limit", "1")) == 1

    history = shell("history", lead)
    assert "登记线索" in history


def test_a_wrong_amount_phone_id_or_day_is_bad_input(shell: Shell) -> None:
    assert "5" in shell.refused(BAD_INPUT, "log", "甲(示例)", "--amount", "5")
    shell.refused(BAD_INPUT, "log", "甲(示例)", "--phone", "12")
    shell.refused(BAD_INPUT, "log", " ")
    shell.refused(BAD_INPUT, "show", "nonsense")
    shell.refused(BAD_INPUT, "show", "01900000-0000-7000-8000-000000000000")
    shell.refused(BAD_INPUT, "figures", "--from", "2023年", "--to", "2023-06-30")
    shell.refused(BAD_INPUT, "figures", "--from", "2023-07-01", "--to", "2023-06-30")
    assert shell.json("search", "甲(示例)") == []


def test_a_usage_error_exits_2(shell: Shell) -> None:
    for words in (["nonsense"], ["--book", str(shell.book), "log"], ["--book", str(shell.book), "figures"]):
        with pytest.raises(SystemExit) as left:
            main(words)
        assert left.value.code == BAD_INPUT


def test_undo_says_what_it_took_back(shell: Shell) -> None:
    shell("log", "渝能电池(示例)")
    assert "渝能电池(示例)" in shell("undo")
    assert shell.json("search", "渝能") == []


def test_undo_of_an_empty_book_is_refused(shell: Shell) -> None:
    shell.refused(REFUSED, "undo")


def test_a_sound_book_and_one_that_is_not(shell: Shell) -> None:
    assert shell("check").strip() == "台账库完好。"
    connection = sqlcipher3.dbapi2.connect(str(shell.book))
    (trigger,) = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
    connection.execute(f'DROP TRIGGER "{trigger}"')
    connection.commit()
    connection.close()
    assert main(["--book", str(shell.book), "check"]) == REFUSED
    assert shell.capsys.readouterr().out


def test_a_newer_book_is_refused_in_words(shell: Shell) -> None:
    connection = sqlcipher3.dbapi2.connect(str(shell.book))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    shell.refused(REFUSED, "check")


def test_a_book_in_use_is_refused_naming_its_holder(shell: Shell) -> None:
    opened = books.open_book(shell.book)
    try:
        assert "另一个程序" in shell.refused(REFUSED, "check")
    finally:
        books.close_book(opened)


def test_a_limit_below_one_is_bad_input(shell: Shell) -> None:
    shell.refused(BAD_INPUT, "search", "渝能", "--limit", "-1")


def test_nothing_is_imported_where_the_rejects_cannot_be_written(shell: Shell, tmp_path: Path) -> None:
    ledger = tmp_path / "good.csv"
    ledger.write_text("企业名称,省份\n甲示例公司,重庆市\n", encoding="utf-8-sig")
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no workbook")
    nowhere = str(tmp_path / "nowhere" / "r.csv")
    for words in ((str(ledger), str(bad)), (str(ledger), "--rejects", nowhere)):
        with pytest.raises(AssertionError):
            shell("import", *words)
        assert shell.json("search", "甲示例") == []
    assert "1" in shell("import", str(ledger))
    assert [hit["title"] for hit in shell.json("search", "甲示例")] == ["甲示例公司"]


def test_an_import_says_of_which_year_days_are_that_name_none(shell: Shell, tmp_path: Path) -> None:
    ledger = tmp_path / "visits.csv"
    ledger.write_text("企业名称,拜访日期,会谈内容\n甲示例公司,5月16日,厂房\n", encoding="utf-8-sig")
    assert "5月16日" in shell("import", "--dry-run", str(ledger))


def test_rows_that_an_earlier_file_puts_right_are_not_among_the_rejects(shell: Shell, tmp_path: Path) -> None:
    firms, people, rejects = (tmp_path / f"{name}.csv" for name in ("企业", "人员", "退回"))
    firms.write_text("企业名称,联系人,联系电话\n甲示例公司,单晓示,13800000071\n", encoding="utf-8-sig")
    people.write_text("姓名,手机,邮箱\n单晓示,13800000071,a@b.cn\n曾敏示,13800000072,\n", encoding="utf-8-sig")
    told = shell.json("import", str(firms), str(people), "--rejects", str(rejects))
    assert told["rejected"] == 1
    sent_back = rejects.read_text("utf-8-sig")
    assert "曾敏示" in sent_back
    assert "单晓示" not in sent_back


def test_a_person_is_erased_as_approved(shell: Shell, tmp_path: Path) -> None:
    made = shell.json("log", "渝能电池(示例)", "--contact", "逯晴岚", "--phone", "13987654321", "--note", "逯晴岚 来电")
    copy = Path(shell("backup").strip())
    assert "批准" in shell.refused(BAD_INPUT, "erase", made["contact"])
    shell.refused(BAD_INPUT, "erase", "nobody", "--approval", "示招函1号")
    would = shell("erase", made["contact"], "--dry-run")
    assert "将清除：逯晴岚" in would
    assert "备注：逯晴岚 来电" in would
    assert str(copy) in would
    told = shell("erase", made["contact"], "--approval", "示招函1号", "--replace")
    assert "已换成“×××”" in told
    assert str(copy) in told
    assert "已清除的联系人" in shell.json("show", made["contact"])["fields"]["name"]
    for file in tmp_path.rglob("*.crm*"):
        assert file.is_dir() or "逯晴岚".encode() not in file.read_bytes(), file
    assert shell("check").strip() == "台账库完好。"


def test_a_notice_of_what_was_achieved_sets_no_target(shell: Shell, tmp_path: Path) -> None:
    notice = tmp_path / "2023年1-6月招商引资完成情况通报.csv"
    rows = "指标,目标,完成,完成率,排名\n正式签约项目个数,60,70,116.7%,2/12\n"
    notice.write_text("2023年1-6月招商引资完成情况通报,,,,\n" + rows, encoding="utf-8-sig")
    before = shell.json("figures", "--from", "2023-01-01", "--to", "2023-06-30")["targets"]["value"]
    told = shell("import", str(notice))
    assert "没有" not in told.splitlines()[0]
    assert "未作为目标导入" in told
    assert "通报70" in told
    assert shell.json("figures", "--from", "2023-01-01", "--to", "2023-06-30")["targets"]["value"] == before


def test_a_notice_in_prose_is_told_and_kept_when_asked(shell: Shell, tmp_path: Path) -> None:
    notice = tmp_path / "通报.txt"
    notice.write_text("截至6月底，我区签约项目70个，总投资534亿元，位居全市第二；乙县签约项目9个，列第三位。", "utf-8")
    told = shell.json("notice", str(notice), "--keep", "--board", "全市招商引资")
    assert [(one["ours"], one["rank"]) for one in told["statements"]] == [(True, None), (True, 2), (False, 3)]
    assert len(told["kept"]) == 1
    assert "本台账" in shell("notice", str(notice))


def test_what_finds_nothing_and_what_is_not_there_is_said(shell: Shell, tmp_path: Path) -> None:
    assert main(["--book", str(shell.book), "search", "查无此企业"]) == 0
    told = shell.capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert "enterprise" in shell.refused(BAD_INPUT, "search", "东风", "--kind", "firm")
    assert "99999" in shell.refused(REFUSED, "undo", "--unit", "99999")
    assert "none.txt" in shell.refused(BAD_INPUT, "notice", str(tmp_path / "none.txt"))
    nothing = tmp_path / "plain.txt"
    nothing.write_text("本周例会改在周四召开。\n", "utf-8")
    assert shell("notice", str(nothing)) == ""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_argument_of_a_command_says_what_it_takes(command: Command) -> None:
    parser = argparse.ArgumentParser()
    command.handler().arguments(parser)
    assert [action.dest for action in parser._actions if not action.help] == []

"""The commands as a script meets them: what they print, what they leave, and the exit code where they refuse."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pypdfium2
import pytest
import sqlcipher3
from docx import Document

from crm_app.app import main
from crm_app.domain.papers import PaperKind
from crm_app.services import book as books
from crm_app.services import enterprises, trips, visits
from crm_app.settings import Settings

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"
HALF = ("--from", "2023-01-01", "--to", "2023-06-30")
BAD_INPUT, REFUSED = 2, 3


@dataclass
class Shell:
    """Runs commands on one book and keeps what they printed."""

    book: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str) -> str:
        """Run a command that succeeds; return its stdout."""
        code = main(["--book", str(self.book), *words])
        said = self.capsys.readouterr()
        assert code == 0, said.err
        return said.out

    def json(self, *words: str) -> Any:
        return json.loads(self(*words, "--json"))

    def refused(self, code: int, *words: str) -> str:
        """Run a command that does not; return the one line on stderr."""
        assert main(["--book", str(self.book), *words]) == code
        said = self.capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1
        return said.err


@pytest.fixture(autouse=True)
def chinese(own_machine: None) -> None:
    """Speak Chinese, whatever the machine's own language."""
    Settings().language = "zh_CN"


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    path = tmp_path / "t.crm"
    assert main(["new", str(path)]) == 0
    assert str(path) in capsys.readouterr().out
    return Shell(path, capsys)


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.crm"
    assert main(["new", str(path), "--demo"]) == 0
    return path


@pytest.fixture
def sample(demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    path = tmp_path / "demo.crm"
    shutil.copy(demo_file, path)
    return Shell(path, capsys)


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


def test_a_backup_brings_everything_back(shell: Shell, tmp_path: Path) -> None:
    kept = shell("log", "渝能电池(示例)").strip()
    copy = Path(shell("backup", str(tmp_path)).strip())
    assert copy.is_file()
    gone = shell("log", "江驰电机(示例)").strip()

    told = shell("restore", str(copy))
    before = next(path for path in tmp_path.glob("*.crm-backups/*.crm") if str(path) in told)
    assert shell.json("show", kept)["id"] == kept
    shell.refused(BAD_INPUT, "show", gone)
    assert shell("check").strip() == "台账库完好。"
    assert Shell(before, shell.capsys).json("show", gone)["id"] == gone


def test_a_file_that_is_no_book_is_not_restored(shell: Shell, tmp_path: Path) -> None:
    kept = shell("log", "渝能电池(示例)").strip()
    (tmp_path / "no.crm").write_bytes(b"not a book at all" * 100)
    assert main(["--book", str(shell.book), "restore", str(tmp_path / "no.crm")]) in (BAD_INPUT, REFUSED)
    shell.capsys.readouterr()
    assert shell.json("show", kept)["id"] == kept


def test_a_backup_into_no_folder_is_bad_input(shell: Shell, tmp_path: Path) -> None:
    shell.refused(BAD_INPUT, "backup", str(tmp_path / "nowhere"))


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


def test_the_figures_of_the_acceptance_half_year(sample: Shell) -> None:
    found = sample.json("figures", *HALF)
    schema = json.loads((SCHEMAS / "figures.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(found)
    assert found["signed"]["value"] == {"count": 70, "amount_yuan": 53_400_000_000}
    assert found["signed"]["window"] == {"from": "2023-01-01", "to": "2023-06-30"}
    bands = {band["at_least_yuan"]: band["count"] for band in found["bands"]["value"]}
    assert (bands[10**9], bands[5 * 10**9]) == (14, 2)
    vehicles = next(one for one in found["by_cluster"]["value"] if one["name"] == "智能网联新能源汽车")
    assert (vehicles["count"], vehicles["amount_yuan"]) == (10, 14_020_000_000)
    for key in ("by_cluster", "by_channel", "by_park", "by_origin"):
        assert sum(one["count"] for one in found[key]["value"]) == 70
        assert sum(one["amount_yuan"] for one in found[key]["value"]) == 53_400_000_000

    later = sample.json("figures", "--from", "2023-01-01", "--to", "2023-07-12")
    vehicles = next(one for one in later["by_cluster"]["value"] if one["name"] == "智能网联新能源汽车")
    assert (vehicles["count"], vehicles["amount_yuan"]) == (11, 14_140_000_000)
    assert later["trips"]["value"]["count"] == 53
    assert later["visits"]["value"] == {"enterprises": 312, "visits": 431}


def test_figures_are_readable_without_json(sample: Shell) -> None:
    told = sample("figures", *HALF)
    assert "70个" in told
    assert "534亿元" in told


def pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def read(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [document[number].get_textpage() for number in range(len(document))]
        return re.sub(r"\s", "", "".join(page.get_text_range() for page in pages))
    finally:
        document.close()


def test_the_bulletin_says_the_published_half_year(sample: Shell, tmp_path: Path) -> None:
    out = tmp_path / "简报.pdf"
    assert sample("brief", "bulletin", *HALF, "-o", str(out)).strip() == str(out)
    text = read(out)
    for words in ("70个", "534亿元", "14个", "2个", "巨湾技研", "拓博尔", "东风小康", "中国大唐", "康硕集团"):
        assert words in text, words


def ids(sample: Shell) -> dict[PaperKind, str]:
    opened = books.open_book(sample.book)
    try:
        visit = visits.recent_visits(opened)[0][0]
        trip = next(row.trip.id for row in trips.list_trips(opened) if row.visits)
    finally:
        books.close_book(opened)
    return {
        PaperKind.VISIT: str(visit.id),
        PaperKind.ONE_PAGER: str(visit.enterprise_id),
        PaperKind.TRIP: str(trip),
        PaperKind.TRIP_PACK: str(trip),
    }


def test_a_paper_of_a_record(sample: Shell, tmp_path: Path) -> None:
    for kind, record in ids(sample).items():
        out = tmp_path / f"{kind}.pdf"
        sample("brief", kind.value, "--of", record, "-o", str(out))
        assert out.read_bytes().startswith(b"%PDF-")


def test_papers_of_several_records_in_one_file_or_a_file_each(sample: Shell, tmp_path: Path) -> None:
    opened = books.open_book(sample.book)
    first, *others = [str(one.id) for one in enterprises.all_enterprises(opened)[:3]]
    books.close_book(opened)
    asked = ("brief", "one_pager", "--of", first, "--of", *others)
    out = tmp_path / "一页纸.pdf"
    sample(*asked, "--both-sides", "-o", str(out))
    with pypdfium2.PdfDocument(out) as together:
        assert len(together) == 5, "each on a leaf of its own"
    folder = tmp_path / "一页纸"
    printed = sample(*asked, "-o", f"{folder}/")
    assert {Path(line) for line in printed.splitlines()} == set(folder.iterdir())
    assert len(printed.splitlines()) == 3
    assert "--of" in sample.refused(BAD_INPUT, "brief", "bulletin", *HALF, "-o", str(folder))


def test_a_week_is_two_pages_on_paper_and_a_document_to_edit(sample: Shell, tmp_path: Path) -> None:
    for name in ("周报.pdf", "周报.docx"):
        sample("brief", "weekly", "--from", "2023-06-26", "--to", "2023-07-02", "-o", str(tmp_path / name))
    assert pages(tmp_path / "周报.pdf") == 2
    assert Document(str(tmp_path / "周报.docx")).paragraphs[0].text == "招商引资工作周报"


def test_a_ledger_of_a_list(sample: Shell, tmp_path: Path) -> None:
    out = tmp_path / "台账.pdf"
    sample("brief", "ledger", "--list", "trips", "-o", str(out))
    assert "外出招商台账" in read(out)
    assert "projects" in sample.refused(BAD_INPUT, "brief", "ledger", "--list", "nonsense", "-o", str(out))
    editable = tmp_path / "台账.docx"
    sample("brief", "ledger", "--list", "trips", "-o", str(editable))
    assert Document(str(editable)).paragraphs[0].text == "外出招商台账"


def test_a_paper_that_cannot_be_made_leaves_no_file(sample: Shell, tmp_path: Path) -> None:
    out = str(tmp_path / "a.pdf")
    sample.refused(BAD_INPUT, "brief", "visit", "-o", out)
    sample.refused(BAD_INPUT, "brief", "visit", "--of", "nonsense", "-o", out)
    sample.refused(BAD_INPUT, "brief", "bulletin", "-o", out)
    assert "weekly" in sample.refused(BAD_INPUT, "brief", "daily", *HALF, "-o", out)
    sample.refused(BAD_INPUT, "brief", "bulletin", *HALF, "-o", str(tmp_path / "a.odt"))
    sample.refused(BAD_INPUT, "brief", "bulletin", *HALF, "-o", str(tmp_path / "nowhere" / "a.pdf"))
    assert not list(tmp_path.glob("a.*"))


def test_an_empty_file_is_not_restored(shell: Shell, tmp_path: Path) -> None:
    kept = shell("log", "渝能电池(示例)").strip()
    (tmp_path / "empty.crm").touch()
    shell.refused(REFUSED, "restore", str(tmp_path / "empty.crm"))
    assert shell.json("show", kept)["id"] == kept


@pytest.mark.parametrize("content", [b"", b"\xff" * 20_000])
def test_a_book_that_is_damaged_is_replaced_and_kept_as_it_was(shell: Shell, tmp_path: Path, content: bytes) -> None:
    kept = shell("log", "渝能电池(示例)").strip()
    copies = tmp_path / "copies"
    copies.mkdir()
    copy = Path(shell("backup", str(copies)).strip())
    shell.book.write_bytes(content)
    assert main(["--book", str(shell.book), "check"]) == REFUSED
    shell.capsys.readouterr()
    told = shell("restore", str(copy))
    before = next(path for path in tmp_path.glob("*.crm-backups/*.crm") if str(path) in told)
    assert before.read_bytes() == content or not content
    assert shell.json("show", kept)["id"] == kept
    assert shell("check").strip() == "台账库完好。"


def test_a_backup_that_cannot_be_written_is_refused(shell: Shell, tmp_path: Path) -> None:
    lock = tmp_path / "other.crm-lock"
    lock.mkdir()
    assert main(["new", str(tmp_path / "other.crm")]) == REFUSED
    assert shell.capsys.readouterr().err.count("\n") == 1


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


def test_rows_that_an_earlier_file_puts_right_are_not_among_the_rejects(shell: Shell, tmp_path: Path) -> None:
    firms, people, rejects = (tmp_path / f"{name}.csv" for name in ("企业", "人员", "退回"))
    firms.write_text("企业名称,联系人,联系电话\n甲示例公司,单晓示,13800000071\n", encoding="utf-8-sig")
    people.write_text("姓名,手机,邮箱\n单晓示,13800000071,a@b.cn\n曾敏示,13800000072,\n", encoding="utf-8-sig")
    told = shell.json("import", str(firms), str(people), "--rejects", str(rejects))
    assert told["rejected"] == 1
    sent_back = rejects.read_text("utf-8-sig")
    assert "曾敏示" in sent_back
    assert "单晓示" not in sent_back


def test_whole_phones_go_out_only_when_asked(shell: Shell, tmp_path: Path) -> None:
    made = shell.json("log", "渝能电池(示例)", "--contact", "王小示", "--phone", "13800000001")
    out = tmp_path / "人.csv"
    shell("export", "contacts", str(out))
    assert "138****0001" in out.read_text("utf-8-sig")
    shell("export", "contacts", str(out), "--personal")
    assert "138 0000 0001" in out.read_text("utf-8-sig")
    pdf = tmp_path / "页.pdf"
    shell("brief", "one_pager", "--of", made["enterprise"], "-o", str(pdf))
    assert "138****0001" in read(pdf)
    shell("brief", "one_pager", "--of", made["enterprise"], "--whole-phones", "-o", str(pdf))
    assert "13800000001" in read(pdf)


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


def test_backups_are_listed_newest_first(shell: Shell) -> None:
    assert shell("backup", "--list") == ""
    first, second = shell("backup").strip(), shell("backup").strip()
    listed = [line.split("\t") for line in shell("backup", "--list").splitlines()]
    assert sorted(line[2] for line in listed) == sorted([first, second])
    assert {line[1] for line in listed} == {"手动"}


def test_a_book_that_is_gone_is_restored(shell: Shell) -> None:
    kept = shell("log", "渝能电池(示例)").strip()
    copy = shell("backup").strip()
    shell.book.unlink()
    assert shell("restore", copy).strip() == "已恢复。"
    assert shell.json("show", kept)["id"] == kept


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
    schema = json.loads((Path(__file__).parents[2] / "docs/schemas/notice.json").read_text("utf-8"))
    jsonschema.validate(told, schema)
    assert [(one["ours"], one["rank"]) for one in told["statements"]] == [(True, None), (True, 2), (False, 3)]
    assert len(told["kept"]) == 1
    assert "本台账" in shell("notice", str(notice))

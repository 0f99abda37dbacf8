"""Rows go out typed and counted, personal fields masked; what went out comes in unchanged."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from crm_app.domain.amounts import parse_range
from crm_app.domain.days import month_of
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, Investor, Project, Signing
from crm_app.errors import BadInput
from crm_app.files.reading import read_tables
from crm_app.services import enterprises, exports, imports, leads
from crm_app.services.book import Book
from crm_app.services.imports import Action
from crm_app.services.leads import LogLead
from crm_app.services.visits import WriteVisit, write_visit


@pytest.fixture
def filled(book: Book) -> Book:
    made = enterprises.create_enterprise(book, name="渝能电池(示例)", products="=电池", revenue=123_456_789).value
    enterprises.add_contact(
        book, made, name="张小示", title="总经理", phone="+8613800000001", email="a@b.cn", note="爱茶"
    )
    leads.log_lead(
        book,
        LogLead(
            name="江驰电机(示例)", contact="王小示", phone="+8613800000002", intent=parse_range("约3-5亿"), note="重点"
        ),
    )
    write_visit(book, WriteVisit(name="渝能电池(示例)", on=date(2023, 6, 1), time="09:30", talk="洽谈", place="江津"))
    with book.unit("项目") as unit:
        project = unit.insert(Project, name="电池基地", total_investment=7_200_000_000)
        unit.insert(Investor, project_id=project, enterprise_id=made, share=Decimal(100))
        unit.insert(
            Signing,
            project_id=project,
            kind=Agreement.FORMAL,
            signed_on=month_of(2023, 5),
            amount=Amount(7_200_000_000),
        )
        unit.commit()
    return book


def column(rows: list[list[object]], title: str) -> list[object]:
    place = rows[0].index(title)
    return [row[place] for row in rows[1:]]


def sheet(path: Path) -> list[list[object]]:
    return [list(row) for row in read_tables(path)[0].rows]


def test_every_row_goes_out_typed_and_its_count_is_said(filled: Book, tmp_path: Path) -> None:
    assert exports.export(filled, "enterprises", tmp_path / "企业.xlsx") == 2
    rows = sheet(tmp_path / "企业.xlsx")
    assert column(rows, "企业名称") == ["渝能电池(示例)", "江驰电机(示例)"]
    assert column(rows, f"{Enterprise.field('revenue').title}(万元)") == [12345.6789, None]
    assert column(rows, "主营产品") == ["=电池", None]
    assert exports.export(filled, "visits", tmp_path / "拜访.xlsx") == 1
    assert column(sheet(tmp_path / "拜访.xlsx"), "日期") == [date(2023, 6, 1)]
    assert column(sheet(tmp_path / "拜访.xlsx"), "企业") == ["渝能电池(示例)"]


def test_phones_are_masked_and_mail_and_notes_left_out_unless_asked_for(filled: Book, tmp_path: Path) -> None:
    exports.export(filled, "contacts", tmp_path / "人.csv")
    text = (tmp_path / "人.csv").read_text("utf-8-sig")
    assert "138****0001" in text
    for secret in ("13800000001", "a@b.cn", "爱茶"):
        assert secret not in text
    exports.export(filled, "contacts", tmp_path / "人.csv", personal=True)
    text = (tmp_path / "人.csv").read_text("utf-8-sig")
    assert "a@b.cn" in text
    assert "138 0000 0001" in text


def test_a_project_goes_out_with_its_parties_and_its_signing_as_precise_as_known(filled: Book, tmp_path: Path) -> None:
    exports.export(filled, "projects", tmp_path / "项目.csv")
    exports.export(filled, "signings", tmp_path / "签约.csv")
    (project,) = csv.DictReader((tmp_path / "项目.csv").read_text("utf-8-sig").splitlines())
    (signing,) = csv.DictReader((tmp_path / "签约.csv").read_text("utf-8-sig").splitlines())
    assert "渝能电池(示例)" in project.values()
    assert project["总投资(万元)"] == "720000"
    assert "2023年5月" in signing.values()
    assert "电池基地" in signing.values()


@pytest.mark.parametrize("kind", ["enterprises", "leads", "visits", "projects"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_what_went_out_comes_in_unchanged(filled: Book, tmp_path: Path, kind: str, suffix: str) -> None:
    path = tmp_path / f"出{suffix}"
    n = exports.export(filled, kind, path)
    plan = imports.plan(filled, path, kind)
    assert [row.action for row in plan.rows] == [Action.UNCHANGED] * n


@pytest.mark.parametrize("kind", list(exports.KINDS))
def test_every_kind_can_go_out(filled: Book, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.xlsx"
    n = exports.export(filled, kind, path)
    assert len(sheet(path)) == n + 1


def test_other_kinds_and_files_are_refused_in_words(filled: Book, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="enterprises"):
        exports.export(filled, "secrets", tmp_path / "a.xlsx")
    with pytest.raises(BadInput):
        exports.export(filled, "leads", tmp_path / "a.pdf")
    assert list(tmp_path.glob("a.*")) == []

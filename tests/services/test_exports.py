"""Rows go out typed and counted, personal fields masked; what went out comes in unchanged."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from crm_app.domain.amounts import parse_range
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.days import month_of
from crm_app.domain.enterprises import Enterprise, EnterpriseName, Label, NameKind
from crm_app.domain.fields import Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.kinds import Amount, Ref
from crm_app.domain.projects import Agreement, Investor, Milestone, Need, Project, Signing
from crm_app.domain.targets import Annual, Forecast, Metric, Ranking
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip, TripKind
from crm_app.domain.visits import Reception
from crm_app.errors import BadInput, Cancelled
from crm_app.services import enterprises, exports, imports, leads
from crm_app.services.book import Book
from crm_app.services.imports import Action
from crm_app.services.leads import LogLead
from crm_app.services.visits import WriteVisit, write_visit
from tests.cells import rows_of
from tests.templates import new_book


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


def test_every_row_goes_out_typed_and_its_count_is_said(filled: Book, tmp_path: Path) -> None:
    assert exports.export(filled, "enterprises", tmp_path / "企业.xlsx") == 2
    rows = rows_of(tmp_path / "企业.xlsx")
    assert column(rows, "企业名称") == ["渝能电池(示例)", "江驰电机(示例)"]
    assert column(rows, f"{Enterprise.field('revenue').title}(万元)") == [12345.6789, None]
    assert column(rows, "主营产品") == ["=电池", None]
    assert exports.export(filled, "visits", tmp_path / "拜访.xlsx") == 1
    assert column(rows_of(tmp_path / "拜访.xlsx"), "日期") == [date(2023, 6, 1)]
    assert column(rows_of(tmp_path / "拜访.xlsx"), "企业") == ["渝能电池(示例)"]


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


def test_what_hangs_on_projects_and_enterprises_goes_out_with_whose_it_is(filled: Book, tmp_path: Path) -> None:
    with filled.read() as reader:
        (project,), firm = reader.find(Project), reader.find(Enterprise)[0]
    with filled.unit("其余") as unit:
        unit.insert(Milestone, project_id=project.id, kind="环评", on=date(2023, 5, 4), evidence="批复")
        unit.insert(
            Need, kind="用地", text="双回路供电", quantity=Decimal("12.5"), enterprise_id=firm.id, project_id=project.id
        )
        unit.insert(Label, enterprise_id=firm.id, honour="专精特新", year=2022)
        unit.insert(Annual, enterprise_id=firm.id, year=2022, output=123_450_000, land=Decimal(30))
        year = {"from_on": date(2023, 1, 1), "to_on": date(2023, 12, 31)}
        unit.insert(Forecast, metric=Metric.SIGNED_COUNT, value=30, basis="在谈项目", **year)
        unit.insert(Ranking, board="招商考核", period="2023年一季度", rank=2, of=41)
        unit.commit()
    rows = {}
    for kind in ("milestones", "needs", "honours", "yearly_results", "forecasts", "rankings"):
        assert exports.export(filled, kind, tmp_path / f"{kind}.csv") == 1
        heads, row = rows_of(tmp_path / f"{kind}.csv")
        rows[kind] = dict(zip(heads, row, strict=True))
    assert (rows["milestones"]["项目"], rows["milestones"]["日期"]) == ("电池基地", "2023-05-04")
    assert (rows["needs"]["企业"], rows["needs"]["项目"], rows["needs"]["数量"]) == (firm.name, "电池基地", "12.5")
    assert (rows["honours"]["企业"], rows["honours"]["企业标签"]) == (firm.name, "专精特新")
    assert (rows["yearly_results"]["年度"], rows["yearly_results"]["产值(万元)"]) == ("2022", "12345")
    assert rows["forecasts"]["预计值"] == "30"
    assert rows["rankings"]["名次"] == "2"


@pytest.mark.parametrize("kind", list(exports.KINDS))
def test_every_kind_can_go_out(filled: Book, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.xlsx"
    n = exports.export(filled, kind, path)
    assert len(rows_of(path)) == n + 1


def test_each_row_carries_its_id_in_a_last_hidden_column(filled: Book, tmp_path: Path) -> None:
    path = tmp_path / "企业.xlsx"
    exports.export(filled, "enterprises", path)
    rows = rows_of(path)
    assert rows[0][-1] == "记录标识"
    with filled.read() as reader:
        assert [row[-1] for row in rows[1:]] == [str(one.id) for one in reader.find(Enterprise)]
    (drawn,) = openpyxl.load_workbook(path).worksheets
    assert drawn.column_dimensions[get_column_letter(len(rows[0]))].hidden


def test_a_workbook_is_as_wide_as_what_it_holds_and_filters_under_a_header_that_stays(
    filled: Book, tmp_path: Path
) -> None:
    path = tmp_path / "企业.xlsx"
    exports.export(filled, "enterprises", path)
    (drawn,) = openpyxl.load_workbook(path).worksheets
    heads = {cell.value: cell.column_letter for cell in drawn[1]}
    widths = [drawn.column_dimensions[heads[title]].width for title in ("企业名称", "类别")]
    assert widths[0] > widths[1] >= 8
    assert drawn.freeze_panes == "A2"
    assert drawn.auto_filter.ref == f"A1:{get_column_letter(len(heads))}3"
    revenue = drawn[f"{heads[Enterprise.field('revenue').title + '(万元)']}2"]
    assert (revenue.value, revenue.number_format) == (12345.6789, "#,##0.00")


def test_what_a_record_refers_to_goes_out_so_that_it_is_found_again(filled: Book, tmp_path: Path) -> None:
    with filled.unit("编号") as unit:
        (known, *_others) = unit.find(Enterprise)
        unit.update(Enterprise, known.id, uscc="91500000MA5U0EXAXT")
        unit.insert(EnterpriseName, enterprise_id=known.id, name="渝能", kind=NameKind.SHORT)
        unit.commit()
    exports.export(filled, "visits", tmp_path / "拜访.xlsx")
    assert column(rows_of(tmp_path / "拜访.xlsx"), "统一社会信用代码") == ["91500000MA5U0EXAXT"]
    exports.export(filled, "contacts", tmp_path / "人.xlsx")
    people = rows_of(tmp_path / "人.xlsx")
    assert column(people, "企业") == ["渝能电池(示例)", "江驰电机(示例)"]
    assert column(people, "统一社会信用代码") == ["91500000MA5U0EXAXT", None]
    exports.export(filled, "enterprises", tmp_path / "企业.xlsx")
    assert column(rows_of(tmp_path / "企业.xlsx"), "简称") == ["渝能", None]


def test_somebody_with_two_posts_stands_twice_under_the_same_id(filled: Book, tmp_path: Path) -> None:
    with filled.unit("兼职") as unit:
        (person, *_others) = unit.find(Contact)
        (_known, other) = unit.find(Enterprise)
        unit.insert(Position, contact_id=person.id, enterprise_id=other.id, title="董事")
        unit.commit()
    assert exports.export(filled, "contacts", tmp_path / "人.csv") == 3
    rows = list(csv.DictReader((tmp_path / "人.csv").read_text("utf-8-sig").splitlines()))
    assert [row["职务"] for row in rows if row["记录标识"] == str(person.id)] == ["总经理", "董事"]


def test_a_text_that_looks_like_the_inside_of_a_workbook_stays_a_text(filled: Book, tmp_path: Path) -> None:
    with filled.unit("富文本") as unit:
        (known, *_others) = unit.find(Enterprise)
        unit.update(Enterprise, known.id, products="<r><t>甲</t></r>")
        unit.commit()
    exports.export(filled, "enterprises", tmp_path / "企业.xlsx")
    assert column(rows_of(tmp_path / "企业.xlsx"), "主营产品") == ["<r><t>甲</t></r>", None]


def test_whoever_stops_it_is_left_without_a_file(filled: Book, tmp_path: Path) -> None:
    def stop(_done: int, _total: int, _word: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        exports.export(filled, "enterprises", tmp_path / "a.csv", progress=stop)
    assert list(tmp_path.glob("*.csv")) == []


def test_other_kinds_and_files_are_refused_in_words(filled: Book, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="enterprises"):
        exports.export(filled, "secrets", tmp_path / "a.xlsx")
    with pytest.raises(BadInput):
        exports.export(filled, "leads", tmp_path / "a.pdf")
    assert list(tmp_path.glob("a.*")) == []


def test_contacts_go_out_as_cards_and_come_back_unchanged(filled: Book, tmp_path: Path) -> None:
    path = tmp_path / "人.vcf"
    assert exports.export(filled, "contacts", path) == 2
    assert "TEL" not in path.read_text("utf-8")
    assert exports.export(filled, "contacts", path, personal=True) == 2
    text = path.read_text("utf-8")
    assert "TEL;TYPE=CELL:+8613800000001" in text
    assert "EMAIL:a@b.cn" in text
    assert [row.action for row in imports.plan(filled, path, "contacts").rows] == [Action.UNCHANGED] * 2


def _told(record: Record) -> dict[str, object]:
    """Return what a record says beside what the book adds, and whose links go by other ids elsewhere."""
    kept = {one.name for one in record.fields if not isinstance(one.kind, Ref)}
    return {name: value for name, value in vars(record).items() if name in kept | {"id"}}


def test_follow_ups_steps_and_trips_go_out_as_calendars_and_come_back(filled: Book, tmp_path: Path) -> None:
    with filled.read() as reader:
        (project,), firm = reader.find(Project), reader.find(Enterprise)[0]
    with filled.unit("其余") as unit:
        spoken = {"on": date(2023, 6, 2), "mode": "电话"}
        unit.insert(FollowUp, content="问电价;\n问厂房", time="10:00", enterprise_id=firm.id, **spoken)
        unit.insert(FollowUp, content="已备案", project_id=project.id, **spoken)
        day = date(2023, 6, 8)
        unit.insert(
            Reception,
            guests="张总一行",
            on=day,
            time="10:00",
            enterprise_id=firm.id,
            sites=("展厅", "园区"),
            result="看",
        )
        unit.insert(Reception, guests="商会代表团", on=day)
        unit.insert(Task, what="回访", due=date(2023, 6, 20), enterprise_id=firm.id, done_on=date(2023, 6, 12))
        unit.insert(Task, what="催办环评", due=date(2023, 6, 21), project_id=project.id)
        unit.insert(
            Trip,
            title="赴沪招商",
            start_on=date(2023, 5, 3),
            end_on=date(2023, 5, 5),
            kind=TripKind.OUTING,
            purpose="看",
        )
        unit.commit()
    exports.export(filled, "projects", tmp_path / "项目.csv")
    other = new_book(tmp_path / "other.crm")
    imports.apply(other, imports.plan(other, tmp_path / "项目.csv", "projects"))
    for kind in ("visits", "receptions", "follow_ups", "tasks", "trips"):
        path = tmp_path / f"{kind}.ics"
        n = exports.export(filled, kind, path)
        plan = imports.plan(filled, path)
        assert ([sheet.kind for sheet in plan.sheets], plan.result.unchanged) == ([kind], n)
        imports.apply(other, imports.plan(other, path))
        assert [row.action for row in imports.plan(other, path).rows] == [Action.UNCHANGED] * n
    for record_type in (FollowUp, Reception, Task, Trip):
        with filled.read() as ours, other.read() as theirs:
            assert [_told(one) for one in ours.find(record_type)] == [_told(one) for one in theirs.find(record_type)]
    other.close()


def test_visits_go_out_as_a_calendar_and_come_back_unchanged(filled: Book, tmp_path: Path) -> None:
    path = tmp_path / "拜访.ics"
    assert exports.export(filled, "visits", path) == 1
    assert "DTSTART:20230601T093000" in path.read_text("utf-8")
    assert [row.action for row in imports.plan(filled, path, "visits").rows] == [Action.UNCHANGED]
    for kind in ("follow_ups", "trips"):
        assert exports.export(filled, kind, tmp_path / f"{kind}.ics") == 0
    with pytest.raises(BadInput, match="contacts"):
        exports.export(filled, "leads", tmp_path / "a.vcf")

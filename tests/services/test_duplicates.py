from pathlib import Path

import pytest

from crm_app.domain.duplicates import DistinctPair
from crm_app.domain.enterprises import NameKind
from crm_app.errors import BadInput, Cancelled
from crm_app.services import duplicates, enterprises, imports, leads, recycle_bin
from crm_app.services.book import Book
from crm_app.services.duplicates import Sign, Verdict

CODE, OTHER_CODE = "91350900587527783P", "91110000600037341L"
CATL, SHORT = "宁德时代新能源科技股份有限公司", "宁德时代新能源"


def made(book: Book, name: str, **values: object) -> object:
    return enterprises.create_enterprise(book, name=name, **values).value


def suggested(book: Book, name: str, **more: str) -> list[tuple[str, Sign]]:
    return [(one.name, one.likeness.evidence[0].sign) for one in duplicates.suggest(book, name, **more)]  # type: ignore[arg-type]


def test_what_is_typed_is_compared_by_everything_known(book: Book) -> None:
    first = enterprises.create_enterprise(book, name=CATL, uscc=CODE).value
    enterprises.add_name(book, first, "宁王", NameKind.SHORT)
    enterprises.add_contact(book, first, name="张三", phone="+8613800000000")
    made(book, "上海新能源科技有限公司")
    assert suggested(book, SHORT) == [(CATL, Sign.WORDS)]
    assert suggested(book, "宁王") == [(CATL, Sign.OTHER_NAME)]
    assert suggested(book, "某公司", phone="+8613800000000") == [(CATL, Sign.PHONE)]
    assert suggested(book, "某公司", uscc=CODE) == [(CATL, Sign.CODE)]
    assert suggested(book, "宁德新能源科技有限公司") == []
    assert suggested(book, "") == []
    assert duplicates.suggest(book, CATL, but=first) == []


def test_a_name_is_told_by_its_traditional_characters_its_width_and_its_reading(book: Book) -> None:
    made(book, "重慶巨灣技研有限公司")
    made(book, "ＴＣＬ科技集团股份有限公司")
    made(book, "重庆青山机电有限公司")
    assert suggested(book, "重庆巨湾技研有限公司") == [("重慶巨灣技研有限公司", Sign.NAME)]
    assert suggested(book, "巨湾技研") == [("重慶巨灣技研有限公司", Sign.KEY)]
    assert suggested(book, "TCL科技") == [("TCL科技集团股份有限公司", Sign.KEY)]
    assert suggested(book, "重庆清山机电") == [("重庆青山机电有限公司", Sign.WORDS)]
    assert suggested(book, "成都清山机电") == []


def test_another_code_is_told_only_of_the_very_same_name(book: Book) -> None:
    made(book, CATL, uscc=CODE)
    assert suggested(book, SHORT, uscc=OTHER_CODE) == []
    (found,) = duplicates.suggest(book, CATL, uscc=OTHER_CODE)
    assert found.likeness.verdict is Verdict.DIFFERENT_CODES


def test_a_deleted_enterprise_is_not_suggested(book: Book) -> None:
    recycle_bin.delete(book, "enterprise", enterprises.create_enterprise(book, name=CATL).value)
    assert suggested(book, CATL) == []


def test_the_scan_finds_groups_best_first(book: Book) -> None:
    leads.log_lead(book, leads.LogLead(name="江津甲乙机电有限公司", contact="李四", phone="+8613900000000"))
    leads.log_lead(book, leads.LogLead(name="完全不同的名字", contact="李四", phone="+8613900000000"))
    made(book, CATL, uscc=CODE)
    made(book, SHORT)
    made(book, "宁德时代新能原科技", uscc=CODE)
    made(book, "上海新能源科技有限公司")
    made(book, "宁德新能源科技有限公司")
    found = duplicates.scan(book)
    assert found.compared == 7
    assert [(len(group.members), group.best.verdict) for group in found.groups] == [
        (3, Verdict.CERTAIN),
        (2, Verdict.POSSIBLE),
    ]
    assert set(found.groups[1].titles) == {"江津甲乙机电有限公司", "完全不同的名字"}


def test_a_group_is_laid_side_by_side_until_it_is_decided(book: Book) -> None:
    leads.log_lead(book, leads.LogLead(name=CATL, contact="李四", phone="+8613900000000"))
    other = enterprises.create_enterprise(book, name=SHORT).value
    enterprises.add_name(book, other, "宁王", NameKind.SHORT)
    (group,) = duplicates.scan(book).groups
    looked = duplicates.look(book, group)
    assert looked is not None
    first, second = looked.sides
    assert (first.people, first.counts) == (("李四 139 0000 0000",), {"lead": 1, "position": 1})
    assert (second.enterprise.id, second.names) == (other, ("宁王",))
    done = recycle_bin.delete(book, "enterprise", other).changes.unit
    assert duplicates.look(book, group) is None
    book.undo(done)
    duplicates.tell_apart(book, [group.members])  # type: ignore[list-item]
    assert duplicates.look(book, group) is None


def test_a_scan_can_be_stopped(book: Book) -> None:
    made(book, CATL)

    def stop(_done: int, _total: int, _words: str) -> None:
        raise Cancelled("")

    with pytest.raises(Cancelled):
        duplicates.scan(book, stop)


def test_pairs_told_apart_stay_away_until_something_changes(book: Book) -> None:
    one = enterprises.create_enterprise(book, name=CATL).value
    other = enterprises.create_enterprise(book, name=SHORT).value
    told = duplicates.tell_apart(book, [(other, one)])
    assert duplicates.scan(book).groups == ()
    duplicates.tell_apart(book, [(one, other)])
    with book.read() as reader:
        assert len(reader.find(DistinctPair)) == 1
    enterprises.change_enterprise(book, other, name="宁德时代")
    assert len(duplicates.scan(book).groups) == 1
    enterprises.change_enterprise(book, other, name=SHORT)
    book.undo(told.changes.unit)
    assert len(duplicates.scan(book).groups) == 1


def test_one_code_brings_a_pair_told_apart_back(book: Book) -> None:
    one = enterprises.create_enterprise(book, name=CATL, uscc=CODE).value
    other = enterprises.create_enterprise(book, name=SHORT).value
    duplicates.tell_apart(book, [(one, other)])
    enterprises.change_enterprise(book, other, uscc=CODE)
    (group,) = duplicates.scan(book).groups
    assert group.best.verdict is Verdict.CERTAIN


def test_nobody_is_told_apart_from_itself(book: Book) -> None:
    one = enterprises.create_enterprise(book, name=CATL).value
    with pytest.raises(BadInput):
        duplicates.tell_apart(book, [(one, one)])


def test_rows_of_an_import_that_may_be_known_say_why(book: Book, tmp_path: Path) -> None:
    first = enterprises.create_enterprise(book, name=CATL, uscc=CODE).value
    enterprises.add_contact(book, first, name="张三", phone="+8613800000000")
    made(book, "上海新能源科技有限公司")
    ledger = tmp_path / "台账.csv"
    ledger.write_text(
        f"企业名称,统一社会信用代码,联系人,联系电话\n{SHORT},,,\n宁德新能源科技有限公司,,,\n另一家,,张三,13800000000\n"
        f"宁德时代科技,{OTHER_CODE},,\n",
        "utf-8",
    )
    plan = imports.plan(book, ledger)
    assert [row.duplicates for row in plan.rows] == [
        (f"{CATL}（名称相近）",),
        (),
        (f"{CATL}（电话相同）",),
        (),
    ]


def test_each_pair_of_a_scan_has_its_evidence_in_the_order_of_entry(book: Book) -> None:
    whole, cut_off = made(book, CATL, uscc=CODE), made(book, SHORT)
    ((pair,),) = (group.pairs for group in duplicates.scan(book).groups)
    (evidence,) = pair.likeness.evidence
    assert (pair.one, pair.other) == (whole, cut_off)
    assert (evidence.sign, evidence.one, evidence.other) == (Sign.WORDS, CATL, SHORT)

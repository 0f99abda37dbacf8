"""The words of papers: in which language, in which order, of which day."""

from __future__ import annotations

from datetime import date

from crm_app import i18n
from crm_app.briefs.content import Table
from crm_app.briefs.texts import texts
from crm_app.domain.papers import PaperKind
from crm_app.services import papers
from crm_app.services.book import Book
from crm_app.services.papers import Asked

HALF_YEAR = Asked(start=date(2023, 1, 1), end=date(2023, 6, 30))


def test_an_english_paper_has_english_names_of_what_the_program_ships(sample: Book) -> None:
    i18n.set_language("en")
    told = list(texts(papers.compose(sample, PaperKind.HALF_YEAR, HALF_YEAR)))
    for name in ("Connected NEVs", "Along the chain", "Attracted from outside", "Unicorn (2022)"):
        assert name in " ".join(told), name
    assert "智能网联新能源汽车" not in told, "but in what a colleague wrote"


def test_targets_are_told_from_what_was_signed_to_who_was_met(sample: Book) -> None:
    paper = papers.compose(sample, PaperKind.HALF_YEAR, HALF_YEAR)
    (table,) = [one for one in paper.blocks if isinstance(one, Table) and "目标完成情况" in one.caption]
    assert list(dict.fromkeys(row[1].text for row in table.rows)) == [
        "签约项目数", "签约金额", "到位资金", "实际使用外资", "外出", "拜访企业数",
    ]  # fmt: skip


def test_a_ledger_says_of_which_day_it_is_and_how_many_rows_it_has(sample: Book) -> None:
    paper = papers.compose(sample, PaperKind.LEDGER, Asked(list_name="trips"))
    (table,) = [one for one in paper.blocks if isinstance(one, Table)]
    assert paper.subtitle == f"（截至2023年7月12日，共{len(table.rows)}条）"

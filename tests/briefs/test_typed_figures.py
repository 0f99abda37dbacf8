"""Which figures of a text changed by hand the drafted text bears out."""

from __future__ import annotations

import pytest

from crm_app.briefs.editing import Edit, typed_figures

DRAFTED = "签约项目70个，总投资534亿元，外出50余批次，到位资金1.2亿元。"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("签约项目７０ 个，总投资534.0 亿元，到位资金12000万元，外出50多批次。", ()),
        ("签约七十个项目，到位资金一点二亿元。", ()),
        ("总投资534万元。", ("534万元",)),
        ("签约项目70余个。", ("70余个",)),
        ("签约额三点五亿元。", ("三点五亿元",)),
        ("总投资超500亿元，500多亿、530余亿元，近540亿元，约530亿元，占超50%。", ("50%",)),
        ("总投资超534亿元、超600亿元，近500亿元，50多亿元。", ("534亿元", "600亿元", "500亿元", "50")),
    ],
)
def test_a_figure_is_borne_out_with_its_unit_however_it_is_written(text: str, typed: tuple[str, ...]) -> None:
    assert typed_figures(Edit(1, "", 0, "text", DRAFTED, text)) == typed


def test_what_was_drafted_as_more_than_is_no_more_by_hand() -> None:
    drafted = "汽车产业总投资超140亿元。"
    assert typed_figures(Edit(1, "", 0, "text", drafted, "总投资140余亿元，超一百四十亿元，超100亿元。")) == ()
    assert typed_figures(Edit(1, "", 0, "text", drafted, "总投资超150亿元，近140亿元。")) == ("150亿元", "140亿元")

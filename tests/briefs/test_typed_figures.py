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
    ],
)
def test_a_figure_is_borne_out_with_its_unit_however_it_is_written(text: str, typed: tuple[str, ...]) -> None:
    assert typed_figures(Edit(1, "", 0, "text", DRAFTED, text)) == typed

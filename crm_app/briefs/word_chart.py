"""Bars in a Word document as a chart of Word's own, its figures in a sheet inside, so that both can be edited."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from crm_app.briefs.charts import chart_height
from crm_app.briefs.content import BarChart
from crm_app.briefs.marks import Ink
from crm_app.briefs.word_page import readable

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PLACE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_POINTS = 12_700
"""English metric units in a point."""
_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)


def add(document: Any, chart: BarChart) -> None:
    """Add a chart over the page's width at the document's end; nothing where it has no bars."""
    if not chart.bars:
        return
    package, number = document.part.package, 1 + sum("/word/charts/" in str(one.partname) for one in _parts(document))
    sheet = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _SHEET_TYPE, _workbook(chart), package)
    drawn = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    drawn._blob = _xml(chart, drawn.relate_to(sheet, f"{_OFFICE}/package"))
    section = document.sections[-1]
    width = section.page_width - section.left_margin - section.right_margin
    height = int(chart_height(chart) * _POINTS)
    link = document.part.relate_to(drawn, f"{_OFFICE}/chart")
    line = document.add_paragraph(style="Cell")
    # Exact line pitches cut off what is higher than a line.
    line.paragraph_format.line_spacing = 1.0
    line.add_run()._r.append(_inline(chart, link, number, int(width), height))


def _parts(document: Any) -> list[Any]:
    return list(document.part.package.iter_parts())


def _workbook(chart: BarChart) -> bytes:
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties({"created": _NO_DAY})
    sheet = workbook.add_worksheet()
    sheet.write_string(0, 1, readable(chart.unit))
    for number, bar in enumerate(chart.bars, 1):
        sheet.write_string(number, 0, readable(bar.label))
        sheet.write_number(number, 1, bar.value / chart.scale)
    workbook.close()
    return out.getvalue()


def _format(chart: BarChart) -> str:
    """Return how the values are written: with as many decimals as one of them needs, two at the most."""
    hundredths = [round(100 * bar.value / chart.scale) for bar in chart.bars]
    if all(one % 100 == 0 for one in hundredths):
        return "0"
    return "0.0" if all(one % 10 == 0 for one in hundredths) else "0.00"


def _inline(chart: BarChart, link: str, number: int, width: int, height: int) -> Any:
    drawing = parse_xml(
        f'<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="{_PLACE}" '
        f'xmlns:a="{_DRAWING}" xmlns:c="{_CHART}" xmlns:r="{_OFFICE}"><wp:inline distT="0" distB="0" distL="0" '
        f'distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{1000 + number}" name="chart{number}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_CHART}"><c:chart r:id="{link}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )
    drawing[0][1].set("descr", readable(chart.caption))
    return drawing


def _xml(chart: BarChart, workbook: str) -> bytes:
    """Return the chart: bars that lie, from 0, each with its value, the first on top as in the printed one."""
    root: Any = parse_xml(
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}"><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/>'
        '<c:grouping val="clustered"/><c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{Ink.BAR.value[1:]}"/></a:solidFill></c:spPr>'
        '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        "<c:cat><c:strRef><c:f/><c:strCache/></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f/><c:numCache><c:formatCode>{_format(chart)}</c:formatCode></c:numCache></c:numRef></c:val></c:ser>"
        '<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:min val="0"/></c:scaling><c:delete val="1"/>'
        '<c:axPos val="b"/><c:crossAx val="1"/></c:valAx></c:plotArea><c:plotVisOnly val="1"/></c:chart>'
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'.encode()
    )
    amount = len(chart.bars)
    for column, kind, said in (
        ("A", "str", [readable(bar.label) for bar in chart.bars]),
        ("B", "num", [f"{bar.value / chart.scale:.12g}" for bar in chart.bars]),
    ):
        cache = root.find(f".//{{{_CHART}}}{kind}Cache")
        root.find(f".//{{{_CHART}}}{kind}Ref/{{{_CHART}}}f").text = f"Sheet1!${column}$2:${column}${amount + 1}"
        cache.append(cache.makeelement(f"{{{_CHART}}}ptCount", {"val": str(amount)}))
        for place, text in enumerate(said):
            point = cache.makeelement(f"{{{_CHART}}}pt", {"idx": str(place)})
            value = point.makeelement(f"{{{_CHART}}}v")
            value.text = text
            point.append(value)
            cache.append(point)
    return serialize_part_xml(root)

"""A chart in a Word document as one of Word's own, its figures in a sheet inside, so that both can be edited.

What the values are compared with is hatched, as on paper; of targets it is the time that is gone. A funnel is bars.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from crm_app.briefs.charts.printed import chart_height
from crm_app.briefs.content import Chart, ChartForm
from crm_app.briefs.marks import Ink
from crm_app.briefs.word_page import readable
from crm_app.i18n import _

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PLACE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_POINTS = 12_700
"""English metric units in a point."""
_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)


def add(document: Any, chart: Chart) -> None:
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


def _workbook(chart: Chart) -> bytes:
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties({"created": _NO_DAY})
    sheet = workbook.add_worksheet()
    for number, bar in enumerate(chart.bars, 1):
        sheet.write_string(number, 0, readable(bar.label))
    for column, (name, values) in enumerate(_series(chart), 1):
        sheet.write_string(0, column, name)
        for number, value in enumerate(values, 1):
            if value is not None:
                sheet.write_number(number, column, value)
    workbook.close()
    return out.getvalue()


def _series(chart: Chart) -> list[tuple[str, list[float | None]]]:
    """Return the series of a chart: its name and a value for each line, as they are read."""
    names = chart.names
    if chart.form is ChartForm.PROGRESS:
        names = (_("Attained"), _("Time passed")) if any(bar.then is not None for bar in chart.bars) else ()
    values = [_read(chart, bar.value) for bar in chart.bars]
    found: list[tuple[str, list[float | None]]] = [(readable(names[0] if names else chart.unit).strip(), [*values])]
    if len(names) > 1:
        then = [None if bar.then is None else _read(chart, bar.then) for bar in chart.bars]
        found.append((readable(names[1]), then))
    return found


def _read(chart: Chart, value: int) -> float:
    """Return a value in the unit it is read in; a part of a target in per cent."""
    return value * (100 if chart.form is ChartForm.PROGRESS else 1) / chart.scale


def _format(chart: Chart) -> str:
    """Return how the values are written: with as many decimals as one of them needs, two at the most."""
    hundredths = [round(100 * value) for _name, values in _series(chart) for value in values if value is not None]
    if all(one % 100 == 0 for one in hundredths):
        found = "0"
    else:
        found = "0.0" if all(one % 10 == 0 for one in hundredths) else "0.00"
    return found + '"%"' if chart.form is ChartForm.PROGRESS else found


def _inline(chart: Chart, link: str, number: int, width: int, height: int) -> Any:
    drawing = parse_xml(
        f'<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="{_PLACE}" '
        f'xmlns:a="{_DRAWING}" xmlns:c="{_CHART}" xmlns:r="{_OFFICE}"><wp:inline distT="0" distB="0" distL="0" '
        f'distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{1000 + number}" name="chart{number}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_CHART}"><c:chart r:id="{link}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )
    drawing[0][1].set("descr", readable(chart.caption))
    return drawing


def _xml(chart: Chart, workbook: str) -> bytes:
    """Return the chart: bars from 0, each with its value; those that lie have the first on top, as the printed ones."""
    standing = chart.form is ChartForm.COLUMNS
    series = _series(chart)
    legend = '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>' if len(series) > 1 else ""
    written = (
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}"><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="{"col" if standing else "bar"}"/>'
        '<c:grouping val="clustered"/><c:varyColors val="0"/>'
        + "".join(_series_xml(number, _format(chart)) for number in range(len(series)))
        + '<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{"minMax" if standing else "maxMin"}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"b" if standing else "l"}"/><c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:min val="0"/></c:scaling><c:delete val="1"/>'
        f'<c:axPos val="{"l" if standing else "b"}"/><c:crossAx val="1"/></c:valAx></c:plotArea>{legend}'
        '<c:plotVisOnly val="1"/></c:chart>'
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
    root: Any = parse_xml(written.encode())
    labels = [readable(bar.label) for bar in chart.bars]
    for made, column, (name, values) in zip(root.iter(f"{{{_CHART}}}ser"), "BC", series, strict=False):
        _fill(made.find(f"{{{_CHART}}}tx/{{{_CHART}}}strRef"), f"${column}$1", [name])
        _fill(made.find(f"{{{_CHART}}}cat/{{{_CHART}}}strRef"), f"$A$2:$A${len(labels) + 1}", labels)
        said = ["" if value is None else f"{value:.12g}" for value in values]
        _fill(made.find(f"{{{_CHART}}}val/{{{_CHART}}}numRef"), f"${column}$2:${column}${len(labels) + 1}", said)
    return serialize_part_xml(root)


_FILLS = (
    f'<a:solidFill><a:srgbClr val="{Ink.BAR.value[1:]}"/></a:solidFill>',
    f'<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{Ink.GREY.value[1:]}"/></a:fgClr>'
    '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
    f'<a:ln><a:solidFill><a:srgbClr val="{Ink.GREY.value[1:]}"/></a:solidFill></a:ln>',
)


def _series_xml(number: int, written: str) -> str:
    quoted = written.replace('"', "&quot;")
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f/><c:strCache/></c:strRef></c:tx>'
        f"<c:spPr>{_FILLS[number]}</c:spPr>"
        '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        "<c:cat><c:strRef><c:f/><c:strCache/></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f/><c:numCache><c:formatCode>{quoted}</c:formatCode></c:numCache></c:numRef></c:val></c:ser>"
    )


def _fill(reference: Any, cells: str, texts: list[str]) -> None:
    """Put the cells a reference names and what they hold into it; an empty one is left out."""
    reference.find(f"{{{_CHART}}}f").text = f"Sheet1!{cells}"
    cache = reference[1]
    cache.append(cache.makeelement(f"{{{_CHART}}}ptCount", {"val": str(len(texts))}))
    for place, text in enumerate(texts):
        if text:
            point = cache.makeelement(f"{{{_CHART}}}pt", {"idx": str(place)})
            value = point.makeelement(f"{{{_CHART}}}v")
            value.text = text
            point.append(value)
            cache.append(point)

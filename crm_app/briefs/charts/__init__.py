"""The geometry of charts, for the PDF painter and the screen painter alike: marks and spots, known to no painter."""

from crm_app.briefs.charts.columns import columns
from crm_app.briefs.charts.drawing import Drawing, Frame, Measured, Spot
from crm_app.briefs.charts.funnel import funnel
from crm_app.briefs.charts.printed import bar_chart, chart_height
from crm_app.briefs.charts.progress import progress
from crm_app.briefs.charts.ranked import ranked

__all__ = [
    "Drawing",
    "Frame",
    "Measured",
    "Spot",
    "bar_chart",
    "chart_height",
    "columns",
    "funnel",
    "progress",
    "ranked",
]

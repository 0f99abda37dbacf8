"""The geometry of charts, for the PDF painter and the screen painter alike: marks and spots, known to no painter.

printed.py sets it for paper, with the faces of the papers, which the screen does without.
"""

from crm_app.briefs.charts.columns import columns
from crm_app.briefs.charts.drawing import Drawing, Frame, Measured, Spot
from crm_app.briefs.charts.funnel import funnel
from crm_app.briefs.charts.progress import progress
from crm_app.briefs.charts.ranked import ranked

__all__ = [
    "Drawing",
    "Frame",
    "Measured",
    "Spot",
    "columns",
    "funnel",
    "progress",
    "ranked",
]

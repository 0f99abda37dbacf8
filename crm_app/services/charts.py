"""Charts for the window: the very geometry that papers print, painted there by another painter."""

from crm_app.briefs.charts import Drawing, Frame, Measured, Spot, columns, funnel, progress, ranked
from crm_app.briefs.charts.ranked import least
from crm_app.briefs.marks import Ink, Line, Rect, Role, Text

__all__ = [
    "Drawing",
    "Frame",
    "Ink",
    "Line",
    "Measured",
    "Rect",
    "Role",
    "Spot",
    "Text",
    "columns",
    "funnel",
    "least",
    "progress",
    "ranked",
]

"""Charts for the window: the very content and geometry that papers print, painted there by another painter."""

from crm_app.briefs.charts import bar_chart, chart_height
from crm_app.briefs.content import Bar, BarChart
from crm_app.briefs.marks import Ink, Line, Rect, Role, Text

__all__ = ["Bar", "BarChart", "Ink", "Line", "Rect", "Role", "Text", "bar_chart", "chart_height"]

"""The visit (拜访): written up in ninety seconds by keyboard, read, corrected; used from trips and enterprises."""

from crm_app.ui.visits.dialog import VisitDialog, open_visit

__all__ = ["VisitDialog", "open_visit"]

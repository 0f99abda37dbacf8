"""Quick capture: log a lead from anywhere in the program."""

from crm_app.ui.log.dialog import open_log

__all__ = ["open_log"]

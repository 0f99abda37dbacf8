"""招商外勤 · Outreach CRM: a desktop program for investment promoters, working offline on one book."""

__version__ = "0.1.0"

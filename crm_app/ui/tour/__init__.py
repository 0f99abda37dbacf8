"""The tour: the window walks one promoter's week on the sample book by itself, leaving pictures and PDFs."""

from crm_app.ui.tour.run import run

__all__ = ["run"]

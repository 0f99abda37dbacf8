"""The book: the only local SQL. Tables built from the fields, units of work, journal, search."""

from crm_app.db import library

library.count_no_memory()

"""The book: the only local SQL. Tables built from the fields, units of work, journal, search."""

"""Data in, paper out: the page's furniture, and one file for each paper; knows no database."""

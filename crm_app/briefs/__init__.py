"""Data in, paper out: one file per paper composes content, the rest lays it out and writes PDF. Knows no database."""

"""Bytes to rows and back: sheets, text, cards, calendars; knows no database."""

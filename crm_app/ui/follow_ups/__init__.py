"""The small form that logs a follow-up, from Today and from every record's page."""

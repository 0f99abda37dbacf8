"""What the words mean: records and their fields, and the rules; no Qt, no SQL, no files."""

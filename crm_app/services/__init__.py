"""Use cases: a verb and a noun each, one unit of work each, saying what changed."""

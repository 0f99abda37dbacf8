"""Measurements: every figure is a ratio against a floor in the same run, never a time by itself."""

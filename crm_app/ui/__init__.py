"""The window: the only Qt. One folder for each place, and what the places share."""

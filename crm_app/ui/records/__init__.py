"""What every record has in common in the window: its history, its deletion, and the menu that offers both."""

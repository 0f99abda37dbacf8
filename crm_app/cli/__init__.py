"""The command line: the same services as the window, by a contract that stays stable. Never imports the window."""

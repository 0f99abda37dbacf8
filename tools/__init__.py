"""What sets a checkout up and keeps its words complete; nothing of it ships."""

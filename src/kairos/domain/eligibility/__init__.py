"""May this person start, and why."""

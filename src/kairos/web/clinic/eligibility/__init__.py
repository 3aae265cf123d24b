"""May this person start, and the signed decision."""

"""The clinical content, to read."""

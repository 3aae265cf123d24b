"""Tasks with an owner."""

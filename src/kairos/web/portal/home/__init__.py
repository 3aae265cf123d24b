"""A patient's day."""

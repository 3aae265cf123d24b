"""A patient's own pages of the days after a session."""

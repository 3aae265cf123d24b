"""A patient's own medicines before a session, in plain words."""

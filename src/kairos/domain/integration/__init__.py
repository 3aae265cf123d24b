"""The work after a session."""

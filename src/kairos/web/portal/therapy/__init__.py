"""A patient's own pages of psychotherapy: touch, and how a session was afterwards."""

"""Screens for patients and staff, rendered on the server."""

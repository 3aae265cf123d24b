"""Reaching a human being, from any page, without a log-in."""

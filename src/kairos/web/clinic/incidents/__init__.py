"""Incidents and near misses: reported in a minute, closed by a review."""

"""Scores over time: response, remission and the registry row."""

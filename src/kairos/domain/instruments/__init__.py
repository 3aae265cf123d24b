"""Questionnaires: items, scoring, cut-offs."""

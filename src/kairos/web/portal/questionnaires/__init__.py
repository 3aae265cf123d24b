"""Questionnaires by one-tap link."""

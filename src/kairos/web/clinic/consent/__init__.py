"""Consent taken with a patient."""

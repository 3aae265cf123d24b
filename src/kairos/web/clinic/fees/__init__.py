"""Fees that are waived, and who reaches treatment by group."""

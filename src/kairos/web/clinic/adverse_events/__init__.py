"""Adverse events: list and figures, one event, its review, and the draft of its report."""

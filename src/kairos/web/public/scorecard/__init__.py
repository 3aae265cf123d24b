"""Choosing a provider: a scorecard that anyone may fill in. Nothing is kept."""

"""The preparation of a person as the team sees it: items, goals, what was shared."""

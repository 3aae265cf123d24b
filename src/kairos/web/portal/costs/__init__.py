"""A patient's own costs: what the planned course is expected to cost, as a page and on paper."""

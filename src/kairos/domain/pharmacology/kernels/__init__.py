"""Bare numeric kernels: no units, no records, no dates."""

"""Controlled stock: every milligram received, taken out, given, destroyed, returned or missed."""

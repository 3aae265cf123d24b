"""Complaints, for those outside the treating team who answer them, and whom a programme names."""

"""Screens for patients and those who support them."""

"""Bare numbers: NumPy arrays in minutes, milligrams and litres, compiled by Numba; no units, no records."""

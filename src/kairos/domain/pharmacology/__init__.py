"""Doses, routes and exposure, with units."""

"""Reads shaped for a screen or a resource; never change anything."""

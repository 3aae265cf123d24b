"""Entries that wait on a device, and the pages that stay in reach without a network."""

"""Devices: where they stand, and the tray of readings that wait for a person."""

"""Controlled stock: lots, deliveries, counts, discrepancies, the register."""

"""A patient's journal: opened and closed on their device, shared entry by entry."""

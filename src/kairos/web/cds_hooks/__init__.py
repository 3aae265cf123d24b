"""CDS Hooks 2.0: the addresses that other systems call."""

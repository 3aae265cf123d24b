"""CDS Hooks 2.0: another system asks about an order and gets cards. Documents only: no web, no database."""

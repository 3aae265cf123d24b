"""Verbs that change something: gather, decide, record; one transaction, one audit event."""

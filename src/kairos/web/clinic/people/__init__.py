"""Everyone in the programme, and one person."""

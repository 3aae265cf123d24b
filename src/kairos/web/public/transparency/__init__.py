"""How a programme does: its own figures, made from its records, small counts hidden."""

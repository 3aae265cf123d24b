"""The programme in numbers."""

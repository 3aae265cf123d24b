"""The on-call roster: who is called when nobody answers."""

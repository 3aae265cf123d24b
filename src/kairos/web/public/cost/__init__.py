"""What it costs: price lists, quotes side by side, what to ask an insurer. Nothing of a stranger is kept."""

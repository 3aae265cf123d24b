"""Treatment protocols: phases, checks, limits."""

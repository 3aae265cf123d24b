"""A patient chooses: at home or in a clinic, and what to say and ask in a talk."""

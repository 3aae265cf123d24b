"""May I start? The same findings that the team sees, in plain words, and how to object to them."""

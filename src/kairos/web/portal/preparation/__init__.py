"""A patient prepares: intention, goals, set and setting, the way there and home, exercises."""

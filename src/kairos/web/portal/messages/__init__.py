"""Messages to the team: when they are read is said before anything is written."""

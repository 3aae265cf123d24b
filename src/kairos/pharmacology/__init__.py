"""The public door for notebooks and the command line."""

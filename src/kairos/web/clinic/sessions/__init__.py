"""The board, the console, release."""

"""Did it help."""

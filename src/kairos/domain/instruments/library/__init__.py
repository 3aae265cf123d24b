"""One instrument a file; none knows another."""

"""A way to complain that does not pass the treating team."""

"""Registry statistics on arrays and files; never the live database."""

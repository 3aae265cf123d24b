"""Django's PostgreSQL backend, working as the app's role where the log-in is another one."""

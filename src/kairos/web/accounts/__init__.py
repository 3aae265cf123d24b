"""Log-in, second factor, locking and taking over, and the administrator's list of accounts."""

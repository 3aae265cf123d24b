"""One module a noun: rows to frozen values and back. Every function takes the scope first."""

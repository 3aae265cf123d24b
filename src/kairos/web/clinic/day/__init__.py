"""The clinic's day: who comes, what they lack, opened and closed."""

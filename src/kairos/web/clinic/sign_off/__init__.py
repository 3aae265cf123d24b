"""The sign-off of content by a programme's medical director."""

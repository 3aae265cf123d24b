"""What is known of the medicine itself, for anyone, without a log-in."""

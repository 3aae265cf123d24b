"""Pages that anyone may read, without a log-in. They know nobody and keep nothing."""

"""The programme's own figures, as its lead sees and publishes them."""

"""The programme's own price list."""

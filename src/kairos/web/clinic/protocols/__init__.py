"""The protocols of a programme, and its own copies of them."""

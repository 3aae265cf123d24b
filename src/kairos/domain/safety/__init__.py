"""What goes wrong, or nearly: adverse events, incidents, medicines at hand, and what is learned."""

"""Citations, dated parameters and the strength of evidence."""

"""A patient's own consent."""

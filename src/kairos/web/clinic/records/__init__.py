"""Records that arrive: upload, report, original, joining."""

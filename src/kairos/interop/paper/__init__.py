"""Documents for paper and for files: typeset from values, nothing of them chosen here."""

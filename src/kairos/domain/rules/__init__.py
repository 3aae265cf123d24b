"""Facts, expressions over them in three-valued logic, and the evaluator that explains."""

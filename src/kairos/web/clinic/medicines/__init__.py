"""One person's medicines: the list, what each does beside ketamine, and the plan for a session."""

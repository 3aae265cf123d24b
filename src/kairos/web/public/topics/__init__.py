"""Pages beside the decision aid, open to anyone: pain, and ketamine that nobody prescribed."""

"""What a patient shares of their journal."""

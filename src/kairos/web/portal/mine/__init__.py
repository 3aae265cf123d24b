"""What is mine: who looked, my whole record, what is not right, what I share, what happens if I leave."""

"""What the tables say: each comparison, curve and item as rows of results."""

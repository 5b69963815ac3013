"""What a customer knows of his wait and may do about it: place, estimate, a message, a call back."""

"""What another rule would have done, told from the log of what this one did."""

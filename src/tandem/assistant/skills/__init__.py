"""What the assistant may do through a business system."""

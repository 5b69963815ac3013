"""What the desk knows: reviewed articles, and how one is found from a customer's words."""

"""Customers: who they are, on which channels, and since when."""

"""Offers to agents, and the work that comes of them."""

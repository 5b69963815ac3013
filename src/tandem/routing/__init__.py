"""Routing: who waits for a person, at which place, and for how long it will be."""

"""Bringing those who wait and those who are free together: looks, choices, offers."""

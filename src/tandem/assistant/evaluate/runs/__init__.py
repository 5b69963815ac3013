"""Judging from the console: in the background, kept, and comparable."""

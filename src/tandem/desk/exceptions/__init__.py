"""Exceptions: asking for what goes beyond the rules, and who may grant it."""

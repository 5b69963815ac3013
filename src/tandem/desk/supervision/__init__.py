"""Supervision: how the desk stands now, and what a supervisor may do in the conversations of others."""

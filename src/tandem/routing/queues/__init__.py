"""Queues as an administrator sets them: who may take what, when, and what happens to what cannot be taken."""

"""Tandem 协同客服: an AI answers first, people stand behind it, and each makes the other better."""

__version__ = "0.1.0"

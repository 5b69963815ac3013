"""Channels: each platform behind one port. A room of adapters; what they share is the intake and the outbox."""

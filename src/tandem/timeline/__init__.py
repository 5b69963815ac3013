"""The timeline: the record of truth. Everything that happens in a conversation is appended here, in order, once."""

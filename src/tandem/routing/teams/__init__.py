"""Teams, as somebody to give a conversation to."""

"""A customer in the round: all his conversations, two records that are one person, conversations that belong together."""

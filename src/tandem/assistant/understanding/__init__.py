"""What the customer wants and of what, without a model: intents by cue tables, the rest by entities."""

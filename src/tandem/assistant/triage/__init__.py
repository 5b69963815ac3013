"""Reading a turn before anything else is done: language, feeling, urgency, risk, and whether a person must take over."""

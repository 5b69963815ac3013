"""The promise: at most so many of the automatic answers are wrong, and what follows from it for when to answer."""

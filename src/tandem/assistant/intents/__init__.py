"""Telling what is wanted from examples of one's own: a classifier that is fitted in seconds and knows how sure it may be."""

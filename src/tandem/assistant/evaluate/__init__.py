"""Judging the assistant on data of one's own: `tandem evaluate …`."""

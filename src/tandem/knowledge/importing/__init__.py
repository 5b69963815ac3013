"""Documents become drafts: read apart and within limits, section by section, and read again without doubling anything."""

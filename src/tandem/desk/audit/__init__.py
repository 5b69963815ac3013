"""The audit as its readers see it: who did what to whom, in names instead of numbers."""

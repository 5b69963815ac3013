"""What must be looked at, and when: one row a subject, found by one index, woken exactly then."""

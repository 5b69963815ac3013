"""What administrators change about triage: words, thresholds, and what follows from a reason."""

"""The same article in other languages."""

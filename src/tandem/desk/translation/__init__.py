"""Customers and colleagues who speak different languages, with a language model between them."""

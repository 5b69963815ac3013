"""The demo: a shop with customers and orders, its knowledge, and people to sign in as."""

"""The desk: what agents see of conversations and do with them."""

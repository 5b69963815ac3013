"""The customer's side of a chat on a web page: who he is, what he may see, what he may do."""

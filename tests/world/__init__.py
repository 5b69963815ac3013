"""The small vocabulary that tests are written in: a server, customers, agents, what they do and see."""

"""Islet, a small shop with an HTTP API of its own. Tandem's demo connects to it as to any user's business system.

It knows nothing of Tandem but the address of the chat widget. All of its data lives in memory and is made from a seed
and a start time, so two shops started alike are alike.
"""

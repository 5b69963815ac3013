"""Measurements of a running Tandem, beside the floor that the machine and the libraries set. See README.md."""

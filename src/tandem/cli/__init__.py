"""The command line."""

from tandem.cli.commands import main

__all__ = ["main"]

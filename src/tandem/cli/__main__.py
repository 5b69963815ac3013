"""`python -m tandem.cli`, where the `tandem` command is not on the path."""

from tandem.cli.commands import main

main()

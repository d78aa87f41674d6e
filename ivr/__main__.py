"""`python -m ivr` is the same as `ivr`."""

from ivr.cli import main

main()

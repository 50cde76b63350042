"""`python -m openclout`."""

from openclout.cli import main

main()

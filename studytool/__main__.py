"""`python -m studytool`."""

from studytool.cli import main

main()

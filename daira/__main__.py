"""`python -m daira`."""

from daira.cli import main

main()

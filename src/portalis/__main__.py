"""`python -m portalis`."""

from portalis.app.cli.main import main

main()

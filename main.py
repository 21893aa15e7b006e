"""The program: hands its arguments to the command line."""

import sys

from commandscreen.cli import main

if __name__ == "__main__":
    sys.exit(main())

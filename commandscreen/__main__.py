"""Runs the command line as `python -m commandscreen`; the embedded demo starts its processes this way."""

import sys

from .cli import main

sys.exit(main())

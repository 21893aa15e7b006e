"""One screen for township command centres: desktop client and central server."""

__version__ = "0.1.0"

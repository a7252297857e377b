"""The command line. Exit code 0: done, 1: can't be done (one line says why), 2: wrong usage."""

from mailflow.cli.app import main

__all__ = ["main"]

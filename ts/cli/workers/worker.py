"""Starts the Python worker: `python worker.py`, with the pipes that `docs/programs.md` describes."""

import os
import sys

# What stands beside this file must not shadow the library's imports, so the folder is on the path only for this one.
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [HERE, *(folder for folder in sys.path if folder != HERE)]

from pairity_worker.serve import main  # noqa: E402 - the path comes first

del sys.path[0]
main()

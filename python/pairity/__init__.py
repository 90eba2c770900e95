"""Classes written once in Rust, native in Python and in TypeScript, proved to behave the same in both."""

from pairity import errors
from pairity._native import Counter
from pairity.errors import PairityError

__all__ = ["Counter", "PairityError", "errors"]

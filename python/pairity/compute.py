"""Functions that compute: the same results, errors and texts as `pairity/compute` in TypeScript."""

from pairity._native import fib

__all__ = ["fib"]

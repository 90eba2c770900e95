"""Functions that compute: the same results, errors and texts as `pairity/compute` in TypeScript."""

from pairity._native import count_words, fib, fib_big, matrix_multiply, primes, text_statistics

__all__ = ["count_words", "fib", "fib_big", "matrix_multiply", "primes", "text_statistics"]

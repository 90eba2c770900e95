"""What only Python has of the module compute: keywords, the flat native module, documentation."""

import inspect
import os
import sys
import threading
from typing import Any

import numpy
import pairity._native
import pytest
from pairity import compute, errors
from pairity.data import TextStatistics

# The module to a caller whom no type checker keeps from mistakes.
UNCHECKED: Any = compute


def test_the_functions_are_those_of_the_native_module() -> None:
    for name in compute.__all__:
        assert getattr(compute, name) is getattr(pairity._native, name)


def test_the_index_may_be_given_by_name() -> None:
    assert compute.fib(n=10) == 55


def test_an_unknown_keyword_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="unexpected keyword"):
        UNCHECKED.fib(m=10)


def test_the_signature_is_told_at_run_time() -> None:
    assert str(inspect.signature(compute.fib)) == "(n)"


def test_numbers_beyond_64_bits_are_caught_as_both_classes() -> None:
    with pytest.raises(OverflowError):
        compute.fib(93)
    with pytest.raises(errors.PairityError):
        compute.fib(93)


def test_large_numbers_are_ordinary_integers() -> None:
    number = compute.fib_big(10_000)
    assert type(number) is int
    assert number.bit_length() == 6942
    assert compute.fib_big(10_002) == number + compute.fib_big(10_001)


def test_primes_are_those_of_a_plain_sieve() -> None:
    found = compute.primes(10_000)
    assert found == [n for n in range(2, 10_001) if all(n % p for p in found if p * p <= n)]


def test_matrices_are_lists_or_tuples_of_any_numbers() -> None:
    assert compute.matrix_multiply(((1, 2.5),), [(2,), (4,)]) == [[12.0]]


def test_matrices_multiply_as_numpy_does() -> None:
    left = [[float(row * column % 7) for column in range(30)] for row in range(20)]
    right = [[float((row + column) % 5) for column in range(10)] for row in range(30)]
    assert compute.matrix_multiply(left, right) == (numpy.array(left) @ numpy.array(right)).tolist()


def test_statistics_are_a_dict_of_plain_values() -> None:
    found: TextStatistics = compute.text_statistics("b a b")
    assert found == {"chars": 5, "words": 3, "lines": 1, "frequencies": [("b", 2), ("a", 1)]}


def test_other_threads_run_while_words_are_counted_unless_the_lock_is_kept() -> None:
    texts = ["the quick brown fox " * 200] * 20
    called, ran = threading.Event(), False

    def run() -> None:
        nonlocal ran
        called.wait()
        ran = True

    interval = sys.getswitchinterval()
    thread = threading.Thread(target=run)
    thread.start()
    # Python switches threads by itself so seldom that the other one can run only when a call gives up the lock.
    sys.setswitchinterval(1000)
    try:
        called.set()
        compute.count_words(texts, keep_lock=True)
        ran_with_lock = ran
        while not ran:
            compute.count_words(texts)
    finally:
        sys.setswitchinterval(interval)
    thread.join()
    assert not ran_with_lock


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only there processes are forked")
def test_a_forked_process_counts_with_threads_of_its_own() -> None:
    texts = ["a b", "b c"] * 100
    expected = compute.count_words(texts)
    child = os.fork()
    if child == 0:
        os._exit(0 if compute.count_words(texts) == expected else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

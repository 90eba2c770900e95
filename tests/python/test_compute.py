"""What only Python has of the module compute: keywords, the flat native module, documentation."""

import inspect
from typing import Any

import pairity._native
import pytest
from pairity import compute, errors

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

"""What only Python has of the module convert: its traps, its subclasses, numpy's scalars, and microseconds."""

import decimal
import enum
import fractions
import inspect
import pickle
import typing
from collections import OrderedDict, namedtuple
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pairity._native
import pytest
from pairity import convert, data, errors

# The module to a caller whom no type checker keeps from mistakes.
UNCHECKED: Any = convert
INTEGERS = [f"echo_{sign}{bits}" for sign in "iu" for bits in (8, 16, 32, 64)] + ["echo_i128"]


def message(error: type[Exception], call: Callable[..., object], *args: object) -> str:
    with pytest.raises(error) as caught:
        call(*args)
    return str(caught.value)


def test_the_functions_are_those_of_the_native_module() -> None:
    functions = [name for name in convert.__all__ if name != "Color"]
    for name in functions:
        assert getattr(convert, name) is getattr(pairity._native, name)
    native = {name for name in dir(pairity._native) if name.startswith(("echo_", "fail_", "format_"))}
    assert native == set(functions)


def test_arguments_may_be_given_by_name() -> None:
    assert convert.echo_i8(value=5) == 5
    assert str(inspect.signature(convert.echo_option)) == "(value=None)"


class Level(enum.IntEnum):
    HIGH = 3


class Count(int):
    pass


class Index:
    def __index__(self) -> int:
        return 7


@pytest.mark.parametrize("name", INTEGERS)
def test_what_says_that_it_is_an_integer_is_one(name: str) -> None:
    echo = getattr(convert, name)
    for value, plain in ((Level.HIGH, 3), (Count(5), 5), (Index(), 7), (np.int16(6), 6), (np.uint64(8), 8)):
        back = echo(value)
        assert back == plain
        assert type(back) is int


@pytest.mark.parametrize("name", INTEGERS)
@pytest.mark.parametrize("value", [True, np.True_, 1.0, np.float64(1), decimal.Decimal(1), fractions.Fraction(1), "1"])
def test_what_only_equals_an_integer_is_none(name: str, value: object) -> None:
    assert message(TypeError, getattr(convert, name), value).startswith("value must be an integer, got ")


def test_an_index_that_raises_is_no_integer() -> None:
    class Broken:
        def __index__(self) -> int:
            raise RuntimeError("broken")

    assert message(TypeError, convert.echo_i64, Broken()) == "value must be an integer, got an object"


def test_numpy_truth_values_are_truth_values_and_no_numbers() -> None:
    assert UNCHECKED.echo_bool(np.True_) is True
    assert UNCHECKED.echo_bool(np.False_) is False
    assert message(TypeError, UNCHECKED.echo_f64, np.True_) == "value must be a number, got a boolean"
    assert UNCHECKED.echo_nested([np.True_]) == [True]


def test_what_python_takes_for_a_float_is_one() -> None:
    class Real(float):
        pass

    for value in (Real(0.5), np.float32(0.5), np.float64(0.5), fractions.Fraction(1, 2), decimal.Decimal("0.5")):
        back = UNCHECKED.echo_f64(value)
        assert back == 0.5
        assert type(back) is float


def test_an_integer_beyond_every_float_is_an_overflow() -> None:
    assert message(OverflowError, convert.echo_f64, 10**400) == "value does not fit in 64 bits"
    assert message(OverflowError, convert.echo_f32, 10**400) == "value does not fit in 64 bits"
    assert message(OverflowError, convert.echo_f32, 10**39) == "value does not fit in 32 bits"


def test_subclasses_of_str_become_str() -> None:
    class Name(str):
        def __str__(self) -> str:
            return "another"

    back = convert.echo_str(Name("name"))
    assert back == "name"
    assert type(back) is str


def test_bytes_that_were_no_text_are_no_text_after_surrogateescape() -> None:
    text = b"a\xff".decode("utf-8", "surrogateescape")
    assert message(ValueError, convert.echo_str, text) == "value contains a lone surrogate"


@pytest.mark.parametrize(
    "value", [b"abc", bytearray(b"abc"), memoryview(b"abc"), memoryview(b"xaxbxc")[1::2], memoryview(b"abc").cast("c")]
)
def test_bytes_come_from_every_view_of_single_bytes(value: bytes) -> None:
    back = convert.echo_bytes(value)
    assert back == b"abc"
    assert type(back) is bytes


def test_views_of_other_elements_and_released_ones_are_no_bytes() -> None:
    assert message(TypeError, convert.echo_bytes, memoryview(b"abcd").cast("I")) == "value must be bytes, got an object"
    view = memoryview(b"abc")
    view.release()
    assert message(TypeError, convert.echo_bytes, view) == "value must be bytes, got an object"


def test_containers_of_other_classes_are_taken_where_they_are_subclasses() -> None:
    pair = namedtuple("pair", "a b c")
    assert convert.echo_tuple(pair(1, "x", True)) == (1, "x", True)
    ordered = OrderedDict(b=1.0, a=2.0)
    back = convert.echo_dict(ordered)
    assert list(back.items()) == [("b", 1.0), ("a", 2.0)]
    assert type(back) is dict
    assert convert.echo_set(frozenset({"a"})) == {"a"}
    assert message(TypeError, UNCHECKED.echo_list, range(3)) == "value must be a list, got an object"


def test_a_dict_that_a_conversion_changes_is_read_as_it_was() -> None:
    class Meddler:
        def __index__(self) -> int:
            entries.clear()
            return 1

    entries: dict[object, object] = {Meddler(): "a", 2: "b"}
    assert UNCHECKED.echo_ordered_map(entries) == {1: "a", 2: "b"}


def test_a_point_in_time_keeps_its_microseconds_and_is_in_utc() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    back = convert.echo_datetime(moment)
    assert back == moment
    assert back.tzinfo is UTC
    assert convert.format_datetime(moment) == "2026-01-01T21:34:05.678901Z"


def test_the_second_of_two_equal_hours_is_another_point_in_time() -> None:
    hour = datetime(2025, 10, 26, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert convert.format_datetime(hour) == "2025-10-26T00:30:00Z"
    assert convert.format_datetime(hour.replace(fold=1)) == "2025-10-26T01:30:00Z"


class Mute(tzinfo):
    def utcoffset(self, moment: datetime | None, /) -> timedelta | None:
        return None

    def dst(self, moment: datetime | None, /) -> None:
        return None

    def tzname(self, moment: datetime | None, /) -> None:
        return None


class Failing(Mute):
    def utcoffset(self, moment: datetime | None, /) -> timedelta:
        raise LookupError("no such zone")


@pytest.mark.parametrize("zone", [None, Mute(), Failing()])
def test_a_datetime_without_a_time_zone_is_no_point_in_time(zone: tzinfo | None) -> None:
    assert message(ValueError, convert.echo_datetime, datetime(2026, 1, 2, tzinfo=zone)) == "value has no time zone"


def test_a_date_is_no_point_in_time() -> None:
    assert message(TypeError, UNCHECKED.echo_datetime, date(2026, 1, 2)) == "value must be a datetime, got an object"


def test_a_point_in_time_whose_year_in_utc_python_does_not_have_is_an_overflow() -> None:
    for moment, hours in ((datetime.min, 1), (datetime.max, -1)):
        outside = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
        assert message(OverflowError, convert.echo_datetime, outside) == "value is outside of the years 1 to 9999"
    last = datetime.max.replace(tzinfo=UTC)
    assert convert.echo_datetime(last) == last


def test_a_length_of_time_keeps_its_microseconds() -> None:
    for length in (timedelta(microseconds=1), timedelta(microseconds=-1), timedelta(days=-3, microseconds=7)):
        assert convert.echo_duration(length) == length
    assert convert.format_duration(timedelta(microseconds=-1)) == "-PT0.000001S"


def test_a_length_of_time_beyond_safe_milliseconds_is_an_overflow() -> None:
    longest = timedelta(milliseconds=2**53 - 1)
    assert convert.echo_duration(longest) == longest
    for length in (longest + timedelta(microseconds=1), timedelta.max, timedelta.min):
        text = message(OverflowError, convert.echo_duration, length)
        assert text == "value is longer than 9007199254740991 milliseconds"


def test_colors_are_members_of_their_enum() -> None:
    for color in convert.Color:
        assert convert.echo_enum(color) is color
    assert UNCHECKED.echo_enum("red") is convert.Color.RED
    text = message(ValueError, UNCHECKED.echo_enum, "")
    assert text == "value must be 'red', 'green' or 'blue', got ''"
    assert [color.value for color in convert.Color] == ["red", "green", "blue"]


def test_the_color_of_a_struct_is_a_member_and_its_time_in_utc() -> None:
    part: data.PartData = {
        "name": "bolt",
        "count": 1,
        "color": "blue",
        "tags": (),
        "made": datetime(1, 1, 2, tzinfo=UTC),
    }
    back = convert.echo_struct(part)
    assert back["color"] is convert.Color.BLUE
    assert back == {**part, "tags": []}
    assert list(back) == list(typing.get_type_hints(data.PartData))


def test_data_becomes_the_plain_types() -> None:
    back = UNCHECKED.echo_nested((Count(1), Level.HIGH, np.int8(2), {"a": bytearray(b"x")}))
    assert back == [1, 3, 2, {"a": b"x"}]
    assert isinstance(back, list)
    assert [type(item) for item in back] == [int, int, int, dict]


def test_a_structure_of_containers_in_each_other_in_a_circle_is_nested_too_deep() -> None:
    inner: dict[str, Any] = {}
    inner["again"] = [inner]
    assert message(ValueError, convert.echo_nested, inner) == "value is nested deeper than 64 levels"


FAILURES: list[tuple[str, tuple[Any, ...], type[errors.PairityError], type[Exception]]] = [
    ("value", ("x",), errors.InvalidValue, ValueError),
    ("division_by_zero", (), errors.DivisionByZero, ZeroDivisionError),
    ("overflow", (), errors.IntegerOverflow, OverflowError),
    ("type", (), errors.InvalidType, TypeError),
    ("key", ("k",), errors.MissingKey, KeyError),
    ("index", (), errors.InvalidIndex, IndexError),
    ("state", (), errors.InvalidState, RuntimeError),
    ("not_found", ("p",), errors.PathNotFound, FileNotFoundError),
    ("not_a_directory", ("p",), errors.PathNotADirectory, NotADirectoryError),
    ("permission", ("p",), errors.PathNotPermitted, PermissionError),
    ("io", ("p",), errors.PathUnusable, OSError),
    ("chain", ("p",), errors.InvalidState, RuntimeError),
    ("quota", ("memory", 1, 2), errors.QuotaExceeded, ValueError),
    ("panic", ("boom",), errors.CorePanic, errors.PairityError),
]


@pytest.mark.parametrize(("name", "args", "kind", "builtin"), FAILURES)
def test_each_failure_is_its_class_and_the_builtin_one(
    name: str, args: tuple[Any, ...], kind: type[errors.PairityError], builtin: type[Exception]
) -> None:
    with pytest.raises(builtin) as caught:
        getattr(convert, f"fail_{name}")(*args)
    assert type(caught.value) is kind
    copy = pickle.loads(pickle.dumps(caught.value))
    assert type(copy) is kind
    assert (str(copy), copy.code) == (str(caught.value), caught.value.code)


def test_every_function_that_fails_is_in_the_list() -> None:
    assert [f"fail_{name}" for name, *_ in sorted(FAILURES)] == [n for n in convert.__all__ if n.startswith("fail_")]


def test_the_fields_of_an_exception_are_attributes_and_survive_pickling() -> None:
    with pytest.raises(errors.QuotaExceeded) as caught:
        convert.fail_quota("memory", 10, 2**63 - 1)
    for error in (caught.value, pickle.loads(pickle.dumps(caught.value))):
        assert (error.resource, error.limit, error.used, error.code) == ("memory", 10, 2**63 - 1, "ERR_QUOTA")


def test_a_chain_of_causes_is_one_of_exceptions() -> None:
    with pytest.raises(errors.InvalidState) as caught:
        convert.fail_chain("a.json")
    middle = caught.value.__cause__
    assert isinstance(middle, errors.InvalidState)
    last = middle.__cause__
    assert isinstance(last, FileNotFoundError)
    assert str(last) == "Path not found: a.json"
    assert last.__cause__ is None
    assert caught.value.__suppress_context__

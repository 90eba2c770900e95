"""What only Python asks of a Vector2DArray: the buffer protocol in both directions, and whose memory lives how long."""

from __future__ import annotations

import copy
import ctypes
import gc
import hashlib
import io
import mmap
import pickle
import sys
import weakref
from array import array
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest
from pairity import Vector2D, Vector2DArray, errors

if TYPE_CHECKING:
    from typing_extensions import Buffer

Floats = npt.NDArray[np.float64]

PYBUF_WRITABLE = 0x1
PYBUF_F_CONTIGUOUS = 0x40 | 0x10 | 0x8


class Labelled(Vector2DArray):
    """A subclass with state of its own."""

    label = ""


def rows(vectors: Vector2DArray) -> list[tuple[float, float]]:
    return [(vector.x, vector.y) for vector in vectors]


def test_numpy_sees_the_memory_of_an_array() -> None:
    vectors = Vector2DArray([(1, 2), (3, 4)])
    matrix = np.asarray(vectors)
    assert matrix.shape == (2, 2)
    assert matrix.dtype == np.float64
    assert matrix.flags.c_contiguous
    matrix[0] = (9, 8)
    vectors[1] = Vector2D(7, 6)
    assert rows(vectors) == [(9, 8), (7, 6)]
    assert matrix.tolist() == [[9, 8], [7, 6]]


def test_a_memoryview_sees_the_memory_of_an_array() -> None:
    vectors = Vector2DArray([(1, 2), (3, 4), (5, 6)])
    view: Any = memoryview(vectors)
    assert (view.format, view.shape, view.strides, view.readonly) == ("d", (3, 2), (16, 8), False)
    assert view.obj is vectors
    view[2, 1] = 0.5
    assert rows(vectors)[2] == (5, 0.5)


def test_a_consumer_that_asks_for_plain_bytes_gets_them() -> None:
    vectors = Vector2DArray([(1, 2)])
    plain = array("d", [1, 2]).tobytes()
    assert bytes(vectors) == plain
    assert hashlib.sha256(vectors).digest() == hashlib.sha256(plain).digest()
    assert io.BytesIO(plain).readinto(vectors) == 16


def ask_for_buffer(owner: object, flags: int) -> None:
    """Ask as an extension module does; what it asks for is refused in these tests."""
    description = (ctypes.c_byte * 128)()
    ask = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.py_object, ctypes.c_void_p, ctypes.c_int)
    ask(("PyObject_GetBuffer", ctypes.pythonapi))(owner, ctypes.addressof(description), flags)


def test_a_consumer_that_wants_columns_is_refused() -> None:
    with pytest.raises(BufferError, match="C-contiguous"):
        ask_for_buffer(Vector2DArray([(1, 2), (3, 4)]), PYBUF_F_CONTIGUOUS)


@pytest.mark.parametrize(
    "buffer",
    [
        np.arange(6.0),
        np.arange(6.0).reshape(3, 2),
        array("d", range(6)),
        memoryview(array("d", range(6))),
        memoryview(bytearray(array("d", range(6)).tobytes())).cast("d"),
        memoryview(bytearray(array("d", range(6)).tobytes())).cast("d", (3, 2)),
        (ctypes.c_double * 6)(*range(6)),
        np.arange(6.0).astype("=f8"),
        Vector2DArray([(0, 1), (2, 3), (4, 5)]),
    ],
    ids=lambda buffer: type(buffer).__name__,
)
def test_the_memory_of_any_buffer_is_used(buffer: Buffer) -> None:
    vectors = Vector2DArray.from_buffer(buffer)
    copied = Vector2DArray.from_buffer(buffer, copy=True)
    assert rows(vectors) == [(0, 1), (2, 3), (4, 5)]
    memoryview(buffer).cast("B").cast("d")[5] = 9.0
    assert rows(vectors) == [(0, 1), (2, 3), (4, 9)]
    assert rows(copied) == [(0, 1), (2, 3), (4, 5)]
    vectors[0] = (7, 8)
    assert memoryview(buffer).tobytes()[:16] == array("d", [7, 8]).tobytes()


@pytest.mark.parametrize(
    ("buffer", "message"),
    [
        (np.zeros(4, np.float32), "must hold native 64-bit floats, got 32-bit floats"),
        (np.zeros(4, np.float16), "must hold native 64-bit floats, got 16-bit floats"),
        (np.zeros(4, np.int64), "must hold native 64-bit floats, got signed 64-bit integers"),
        (np.zeros(4, np.uint16), "must hold native 64-bit floats, got unsigned 16-bit integers"),
        (np.zeros(4, np.bool_), "must hold native 64-bit floats, got booleans"),
        (np.zeros(4, np.complex128), "must hold native 64-bit floats, got the format 'Zd'"),
        (np.zeros(4, ">f8"), "must hold native 64-bit floats, got 64-bit floats of the other byte order"),
        (np.zeros((2, 3)), r"must have the shape \(n, 2\) or an even length, got the shape \(2, 3\)"),
        (np.zeros((2, 2, 2)), r"must have the shape \(n, 2\) or an even length, got the shape \(2, 2, 2\)"),
        (np.zeros(()), r"must have the shape \(n, 2\) or an even length, got the shape \(\)"),
        (np.zeros(3), r"must have the shape \(n, 2\) or an even length, got the shape \(3,\)"),
        (np.zeros((4, 4))[:, :2], "must be C-contiguous"),
        (np.zeros(8)[::2], "must be C-contiguous"),
        (np.zeros((2, 4)).T, "must be C-contiguous"),
        (np.zeros(4)[::-1], "must be C-contiguous"),
        (np.frombuffer(bytearray(33), np.float64, 4, 1), "must be aligned to 8 bytes"),
        (bytes(16), "must hold native 64-bit floats, got unsigned 8-bit integers"),
    ],
)
def test_a_buffer_that_does_not_fit_is_refused_and_not_copied(buffer: Buffer, message: str) -> None:
    for is_copied in (False, True):
        with pytest.raises(errors.InvalidValue, match=f"^buffer {message}$"):
            Vector2DArray.from_buffer(buffer, copy=is_copied)


def test_a_refused_buffer_is_released() -> None:
    buffer = bytearray(16)
    with pytest.raises(ValueError, match="64-bit floats"):
        Vector2DArray.from_buffer(buffer)
    buffer.append(0)


def test_an_exporter_may_refuse_with_its_own_exception() -> None:
    view = memoryview(array("d", [1, 2]))
    view.release()
    with pytest.raises(ValueError, match="released memoryview"):
        Vector2DArray.from_buffer(view)


def test_a_read_only_buffer_is_read_and_not_written() -> None:
    frozen: Any = np.arange(4.0)
    frozen.flags.writeable = False
    vectors = Vector2DArray.from_buffer(frozen)
    with pytest.raises(errors.InvalidState, match=r"^Vector2DArray is read-only$") as refused:
        vectors[0] = (9, 9)
    assert refused.value.code == "ERR_STATE"
    assert vectors.sum() == Vector2D(2, 4)
    assert rows(vectors.add(vectors)) == [(0, 2), (4, 6)]
    assert not np.asarray(vectors).flags.writeable
    assert memoryview(vectors).readonly
    with pytest.raises(BufferError, match="read-only"):
        ask_for_buffer(vectors, PYBUF_WRITABLE)
    writable = Vector2DArray.from_buffer(frozen, copy=True)
    writable[0] = (9, 9)
    assert frozen[0] == 0


def test_memory_that_a_file_backs_is_used() -> None:
    with mmap.mmap(-1, 32) as memory:
        with Vector2DArray.from_buffer(memoryview(memory).cast("d")) as vectors:
            vectors[1] = (3, 4)
        assert array("d", memory[:]).tolist() == [0, 0, 3, 4]


def test_a_held_buffer_is_kept_until_the_array_is_gone() -> None:
    buffer = array("d", [1, 2])
    before = sys.getrefcount(buffer)
    vectors = Vector2DArray.from_buffer(buffer)
    with pytest.raises(BufferError, match="export"):
        buffer.append(3)
    del vectors
    buffer.append(3)
    assert sys.getrefcount(buffer) == before


def test_a_held_buffer_is_kept_until_the_array_is_closed() -> None:
    buffer = bytearray(32)
    vectors = Vector2DArray.from_buffer(memoryview(buffer).cast("d"))
    with pytest.raises(BufferError, match="export"):
        buffer.append(0)
    vectors.close()
    buffer.append(0)
    with pytest.raises(errors.InvalidState, match=r"^Vector2DArray is closed$"):
        memoryview(vectors)


def test_a_copied_buffer_is_not_kept() -> None:
    buffer = array("d", [1, 2])
    vectors = Vector2DArray.from_buffer(buffer, copy=True)
    buffer.append(3)
    assert rows(vectors) == [(1, 2)]


def test_memory_outlives_the_array_while_it_is_used() -> None:
    matrix = np.asarray(Vector2DArray([(1, 2)]).scale(3))
    gc.collect()
    assert matrix.tolist() == [[3, 6]]


def test_an_array_cannot_be_closed_while_its_memory_is_used() -> None:
    vectors = Vector2DArray([(1, 2)])
    view = memoryview(vectors)
    second = memoryview(vectors)
    for user in (view, second):
        with pytest.raises(errors.InvalidState, match=r"^Vector2DArray is in use$"):
            vectors.close()
        user.release()
    vectors.close()


def test_leaving_a_with_block_closes_the_array() -> None:
    with Vector2DArray([(1, 2)]) as vectors:
        assert len(vectors) == 1
    with pytest.raises(errors.InvalidState):
        len(vectors)
    with pytest.raises(KeyError), Vector2DArray() as vectors:
        raise KeyError


def test_a_cycle_through_a_held_buffer_is_collected() -> None:
    class Matrix(np.ndarray[Any, np.dtype[np.float64]]):
        vectors: Vector2DArray

    matrix: Any = np.zeros((2, 2)).view(Matrix)
    matrix.vectors = Vector2DArray.from_buffer(matrix)
    assert gc.is_tracked(matrix.vectors)
    reference = weakref.ref(matrix)
    del matrix
    gc.collect()
    assert reference() is None


def test_bulk_operations_agree_with_numpy_to_the_bit() -> None:
    # The sum alone has an order of its own; a magnitude is hypot's.
    generator = np.random.default_rng(7)
    one: Floats = generator.normal(size=(1001, 2)) * 10.0 ** generator.integers(-9, 9, (1001, 1))
    two: Floats = generator.normal(size=(1001, 2))
    left, right = (Vector2DArray.from_buffer(memoryview(floats)) for floats in (one.data, two.data))
    assert np.array_equal(np.asarray(left.add(right)), one + two)
    assert np.array_equal(np.asarray(left.scale(1.1)), one * 1.1)
    assert np.array_equal(np.asarray(left.dot(right)), one[:, 0] * two[:, 0] + one[:, 1] * two[:, 1])
    assert np.array_equal(np.asarray(left.magnitudes()), np.hypot(one[:, 0], one[:, 1]))
    assert np.allclose(list(left.sum()), one.sum(axis=0), rtol=1e-12)


def test_a_bulk_result_is_an_array_of_floats() -> None:
    result = Vector2DArray([(3, 4), (6, 8)]).magnitudes()
    assert type(result) is array
    assert result.typecode == "d"
    result.append(1.5)
    assert result.tolist() == [5, 10, 1.5]


def test_indices_may_be_integers_of_numpy() -> None:
    vectors = Vector2DArray([(1, 2), (3, 4)])
    index: Any = np.int64(1)
    assert vectors[index] == Vector2D(3, 4)
    with pytest.raises(errors.InvalidType, match="index must be an integer, got an object"):
        vectors[0:1]  # type: ignore[index]  # what is tested is the refusal


def test_membership_and_conversion_go_through_iteration() -> None:
    vectors = Vector2DArray([(1, 2), (3, 4)])
    assert Vector2D(3, 4) in vectors
    assert Vector2D(4, 3) not in vectors
    assert vectors == Vector2DArray(list(vectors))
    assert list(reversed(list(vectors))) == [Vector2D(3, 4), Vector2D(1, 2)]


def test_an_iterator_reads_a_row_when_it_is_asked_for() -> None:
    vectors = Vector2DArray([(1, 2), (3, 4)])
    iterator = iter(vectors)
    assert next(iterator) == Vector2D(1, 2)
    vectors[1] = (9, 9)
    assert next(iterator) == Vector2D(9, 9)
    with pytest.raises(StopIteration):
        next(iterator)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_keeps_the_bits_the_class_and_the_dict(protocol: int) -> None:
    vectors = Labelled([(-0.0, 1e300), (float("nan"), 2)])
    vectors.label = "up"
    again = pickle.loads(pickle.dumps(vectors, protocol))
    assert type(again) is Labelled
    assert again.label == "up"
    assert bytes(again) == bytes(vectors)
    again[0] = (1, 1)
    assert bytes(again) != bytes(vectors)


def test_a_copy_is_independent() -> None:
    vectors = Vector2DArray([(1, 2)])
    for other in (copy.copy(vectors), copy.deepcopy(vectors)):
        other[0] = (9, 9)
    assert rows(vectors) == [(1, 2)]


def test_factories_give_instances_of_the_subclass() -> None:
    for made in (
        Labelled.zeros(1),
        Labelled.from_buffer(array("d", [1, 2])),
        Labelled.from_dict({"rows": [(1.0, 2.0)]}),
    ):
        assert type(made) is Labelled
        assert len(made) == 1
    assert type(Labelled.zeros(1).scale(2)) is Vector2DArray


def test_arguments_have_names() -> None:
    assert len(Vector2DArray(rows=[(1, 2)])) == 1
    assert len(Vector2DArray.zeros(n=3)) == 3
    assert len(Vector2DArray.from_buffer(buffer=array("d"), copy=True)) == 0
    with pytest.raises(TypeError, match="positional"):
        Vector2DArray.from_buffer(array("d"), True)  # type: ignore[call-arg]  # what is tested is the refusal


def test_a_row_may_be_a_list_inside_of_a_tuple() -> None:
    assert rows(Vector2DArray(([1, 2], (3, 4), Vector2D(5, 6)))) == [(1, 2), (3, 4), (5, 6)]
    with pytest.raises(errors.InvalidType, match="rows must be a list, got an object"):
        Vector2DArray(iter([(1, 2)]))  # type: ignore[arg-type]  # what is tested is the refusal

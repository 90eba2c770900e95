"""What only Python has of FileWriter: path objects, exceptions and their notes, buffers, threads, exit by any way."""

import contextlib
import errno
import inspect
import os
import threading
import weakref
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pairity import FileWriter, Vector2DArray, errors

if TYPE_CHECKING:
    from typing_extensions import Buffer

# The class to a caller whom no type checker keeps from mistakes.
UNCHECKED: Any = FileWriter


def write_and_raise(writer: FileWriter, thrown: BaseException) -> None:
    with writer:
        writer.write("new")
        raise thrown


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.txt"


def test_with_creates_writes_and_closes(file: Path) -> None:
    with FileWriter(file) as writer:
        assert isinstance(writer, FileWriter)
        assert file.exists()
        assert writer.write("grün") == 5
        assert writer.path == str(file)
    assert file.read_bytes() == "grün".encode()
    with pytest.raises(errors.InvalidState, match=r"^File not opened$") as caught:
        writer.write("late")
    assert isinstance(caught.value, RuntimeError)


@pytest.mark.parametrize("atomic", [False, True])
def test_what_the_scope_throws_is_not_swallowed_and_not_replaced(file: Path, atomic: bool) -> None:
    file.write_text("old")
    thrown = LookupError("of the caller")
    with pytest.raises(LookupError) as caught:
        write_and_raise(FileWriter(file, atomic=atomic), thrown)
    assert caught.value is thrown
    assert file.read_text() == ("old" if atomic else "new")
    assert os.listdir(file.parent) == ["a.txt"]


@pytest.mark.parametrize("thrown", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_an_atomic_file_does_not_appear_after_exceptions_that_are_none(file: Path, thrown: type[BaseException]) -> None:
    with pytest.raises(thrown):
        write_and_raise(FileWriter(file, atomic=True), thrown())
    assert os.listdir(file.parent) == []


def test_an_atomic_file_appears_when_the_scope_is_left_by_return(file: Path) -> None:
    def work() -> int:
        with FileWriter(file, atomic=True) as writer:
            writer.write("whole")
            return 1

    assert (work(), file.read_text()) == (1, "whole")


def test_a_generator_that_is_closed_gives_up_its_atomic_file(file: Path) -> None:
    def work() -> Iterator[None]:
        with FileWriter(file, atomic=True) as writer:
            writer.write("half")
            yield

    steps = work()
    next(steps)
    assert len(os.listdir(file.parent)) == 1
    del steps
    assert os.listdir(file.parent) == []


def test_an_atomic_writer_that_is_forgotten_leaves_nothing(file: Path) -> None:
    writer = FileWriter(file, atomic=True)
    writer.open().write("half")
    reference = weakref.ref(writer)
    del writer
    assert reference() is None
    assert os.listdir(file.parent) == []


def test_an_exit_stack_enters_and_leaves_writers(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        for name in "abc":
            stack.enter_context(FileWriter(tmp_path / name, atomic=True)).write(name)
        assert all(name.startswith(".") for name in os.listdir(tmp_path))
    assert sorted(os.listdir(tmp_path)) == ["a", "b", "c"]


def test_opening_by_hand_is_the_same(file: Path) -> None:
    with FileWriter(file).open() as writer:
        writer.write(b"\x00\xff")
    assert file.read_bytes() == b"\x00\xff"


def test_every_bytes_like_object_is_written_by_its_bytes(file: Path) -> None:
    pieces: list[Buffer] = [b"b", bytearray(b"ba"), memoryview(b"memory")[::2], array("H", [1])]
    with FileWriter(file) as writer:
        assert [writer.write(piece) for piece in pieces] == [1, 2, 3, 2]
    assert file.read_bytes() == b"bbammr" + array("H", [1]).tobytes()


def test_a_released_view_has_no_bytes(file: Path) -> None:
    view = memoryview(b"x")
    view.release()
    with FileWriter(file) as writer, pytest.raises(errors.InvalidState, match=r"^data is detached$"):
        writer.write(view)


def test_objects_of_the_library_are_no_content(file: Path) -> None:
    with FileWriter(file) as writer, pytest.raises(errors.InvalidType, match="got Vector2DArray"):
        writer.write(Vector2DArray([(1.0, 2.0)]))


def test_subclasses_of_str_and_path_likes_are_taken(file: Path) -> None:
    class Text(str):
        pass

    class Located:
        def __fspath__(self) -> str:
            return str(file)

    with FileWriter(Located()) as writer:
        writer.write(Text("x"))
    assert file.read_text() == "x"


def test_failures_are_the_builtin_errors_with_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "f").touch()
    with pytest.raises(FileNotFoundError) as absent:
        FileWriter(tmp_path / "absent" / "a").open()
    with pytest.raises(NotADirectoryError) as inside:
        FileWriter(tmp_path / "f" / "a").open()
    with pytest.raises(OSError, match="Cannot write") as folder:
        FileWriter(tmp_path).open()
    numbers = [caught.value.errno for caught in (absent, inside, folder)]
    assert numbers == [errno.ENOENT, errno.ENOTDIR, errno.EISDIR]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_told_at_the_end_of_the_scope() -> None:
    with pytest.raises(errors.PathUnusable, match="Cannot write") as caught, FileWriter("/dev/full") as writer:
        writer.write("x")
    assert (caught.value.code, caught.value.errno, writer.is_open) == ("ENOSPC", errno.ENOSPC, False)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a disk that is always full")
def test_a_scope_that_failed_keeps_its_exception_and_notes_the_full_disk() -> None:
    writer = FileWriter("/dev/full")
    with pytest.raises(ZeroDivisionError) as caught:
        write_and_raise(writer, ZeroDivisionError())
    (note,) = caught.value.__notes__
    assert note.startswith("Cannot write /dev/full")
    assert not writer.is_open


def test_writes_of_threads_are_whole_and_none_is_lost(file: Path) -> None:
    with FileWriter(file, atomic=True) as writer:
        barrier = threading.Barrier(8)

        def work(letter: str) -> None:
            barrier.wait()
            for _ in range(200):
                writer.write(letter * 500 + "\n")

        threads = [threading.Thread(target=work, args=(letter,)) for letter in "abcdefgh"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    lines = file.read_text().splitlines()
    assert len(lines) == 1600
    assert all(line == line[0] * 500 for line in lines)


def test_closing_and_writing_at_once_either_writes_or_says_that_it_is_closed(file: Path) -> None:
    writer = FileWriter(file).open()
    written: list[int] = []

    def work() -> None:
        with contextlib.suppress(errors.InvalidState):
            while True:
                written.append(writer.write("x"))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    while len(written) < 100:
        pass
    writer.close()
    for thread in threads:
        thread.join()
    assert file.stat().st_size == len(written)


def test_a_path_that_is_no_text_is_kept(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff")
    with FileWriter(path) as writer:
        assert writer.path == str(path)
    assert path.exists()


def test_a_subclass_is_what_its_scope_gives(file: Path) -> None:
    class Lines(FileWriter):
        def line(self, text: str) -> None:
            self.write(text + "\n")

    with Lines(file) as writer:
        writer.line("a")
    assert file.read_text() == "a\n"


def test_unknown_keywords_and_positional_options_are_refused(file: Path) -> None:
    with pytest.raises(TypeError, match="unexpected keyword"):
        UNCHECKED(file, append=True)
    with pytest.raises(TypeError, match="positional"):
        UNCHECKED(file, True)
    assert str(inspect.signature(FileWriter)) == "(path, *, atomic=False)"

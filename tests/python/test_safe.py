"""What only Python has of pairity.safe: path objects, builtin errors, buffers, threads, and what json says as well."""

import errno
import inspect
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from pairity import errors, safe

# The module to a caller whom no type checker keeps from mistakes.
UNCHECKED: Any = safe


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text("content\r\n", newline="")
    (tmp_path / "secret").write_text("secret")
    return folder


def test_paths_and_roots_may_be_path_objects_and_roots_a_tuple(root: Path) -> None:
    assert safe.read_text(Path("sub/a.txt"), (root,)) == "content\r\n"
    assert safe.read_bytes("sub/a.txt", [str(root)]) == b"content\r\n"


def test_what_is_refused_is_a_permission_error_with_its_number(root: Path) -> None:
    (root / "link").symlink_to(root.parent / "secret")
    for path in ("../secret", str(root.parent / "secret"), "link", "sub"):
        with pytest.raises(PermissionError) as caught:
            safe.read_text(path, [root])
        assert isinstance(caught.value, errors.PathNotPermitted)
        assert caught.value.errno == errno.EACCES


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_refused_and_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe")
    with pytest.raises(PermissionError, match="Not a regular file: pipe"):
        safe.read_bytes("pipe", [root])


def test_a_path_that_is_no_text_is_found(root: Path) -> None:
    name = os.fsdecode(b"\xff")
    (root / name).write_bytes(b"x")
    assert safe.read_bytes(name, [root]) == b"x"


def test_nobody_reads_outside_while_folders_are_swapped_for_links(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text("secret")
    inside, link, spare = root / "sub", root / "link", root / "spare"
    link.symlink_to(outside)
    done = threading.Event()

    def swap() -> None:
        while not done.is_set():
            inside.rename(spare)
            link.rename(inside)
            inside.rename(link)
            spare.rename(inside)

    thread = threading.Thread(target=swap)
    thread.start()
    seen: set[str] = set()
    try:
        while not {"content\r\n", "refused"} <= seen:
            try:
                seen.add(safe.read_text("sub/a.txt", [root]))
            except (errors.PathNotPermitted, errors.PathNotFound, errors.PathNotADirectory):
                seen.add("refused")
    finally:
        done.set()
        thread.join()
    assert seen == {"content\r\n", "refused"}


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, 1.5, -0.0, null, true, "é\\ud83c\\udf89"], "b": {}}',
        "9007199254740993",
        '"\\u0000"',
        "[[]]",
        " 1e-7 ",
    ],
)
def test_what_json_reads_is_read_alike(text: str) -> None:
    value = safe.parse_json(text)
    assert repr(value) == repr(json.loads(text))
    assert repr(safe.parse_json(bytearray(text, "utf-8"))) == repr(value)


def test_numbers_are_int_or_float() -> None:
    assert [type(safe.parse_json(text)) for text in ("1", "1.0", "1e0")] == [int, float, float]


def test_a_text_deeper_than_the_stack_is_an_ordinary_error_in_any_thread() -> None:
    caught: list[errors.PairityError] = []

    def work() -> None:
        with pytest.raises(errors.InvalidValue) as error:
            safe.parse_json("[" * 1_000_000, max_depth=512)
        caught.append(error.value)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [error.code for error in caught] == ["ERR_LIMIT"]


def test_secrets_may_be_any_bytes(root: Path) -> None:
    assert safe.constant_time_equal(b"ab", memoryview(bytearray(b"ab")))
    with pytest.raises(TypeError, match="right must be a string, got bytes"):
        UNCHECKED.constant_time_equal("ab", bytearray(b"ab"))


def test_limits_are_keywords_and_stand_in_the_signatures() -> None:
    with pytest.raises(TypeError, match="positional"):
        UNCHECKED.parse_json("1", 10)
    assert str(inspect.signature(safe.parse_json)) == "(text, *, max_bytes=16777216, max_depth=64)"
    assert str(inspect.signature(safe.read_text)) == "(path, roots, *, max_bytes=16777216)"
    for name in safe.__all__:
        assert inspect.getdoc(getattr(safe, name))

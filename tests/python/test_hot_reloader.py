"""What only Python has of HotReloader: path objects, and paths that are no text."""

import os
import threading
from pathlib import Path

import pytest
from pairity import HotReloader
from pairity.errors import PathNotFound


def test_paths_may_be_path_objects(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("old")
    with HotReloader() as reloader:
        reloader.watch(file)
        file.write_text("new")
        assert reloader.check_changes() == [str(file)]
        reloader.unwatch(file)
        assert reloader.watched == []


@pytest.mark.skipif(os.name != "posix", reason="only there paths are bytes")
def test_a_path_that_is_no_text_comes_back_as_python_writes_it(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"\xff")
    file.write_text("old")
    with HotReloader() as reloader:
        reloader.watch(tmp_path)
        file.write_text("new")
        assert reloader.check_changes() == [str(file)]


def test_a_missing_path_is_a_builtin_error_with_its_number(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        HotReloader().watch(tmp_path / "absent")
    assert isinstance(caught.value, PathNotFound)
    assert caught.value.errno == 2


def test_threads_share_a_reloader_and_each_change_is_reported_to_one(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("0")
    with HotReloader() as reloader:
        reloader.watch(file)
        file.write_text("1")
        found: list[str] = []
        threads = [threading.Thread(target=lambda: found.extend(reloader.check_changes())) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [str(file)]

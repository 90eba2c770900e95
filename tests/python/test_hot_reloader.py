"""What only Python has of HotReloader: path objects, and paths that are no text."""

import asyncio
import os
import queue
import sys
import threading
from pathlib import Path

import pytest
from pairity import Change, HotReloader, PluginManager
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


def test_a_save_of_each_kind_is_told_once(tmp_path: Path) -> None:
    file, other = tmp_path / "a", tmp_path / "a.tmp"
    file.write_text("old")
    told: queue.Queue[Change] = queue.Queue()
    with HotReloader() as reloader:
        reloader.watch(file)
        with reloader.on_change(told.put):
            for text in ("in place", "IN PLACE"):
                file.write_text(text)
                assert told.get(timeout=20).paths == [str(file)]
            other.write_text("atomic")
            other.replace(file)
            assert told.get(timeout=20).paths == [str(file)]
            file.rename(tmp_path / "a~")
            file.write_text("as vim does")
            assert told.get(timeout=20).paths == [str(file)]
            file.touch()
            file.write_text("last")
            assert told.get(timeout=20).paths == [str(file)]
        assert told.empty()


def test_what_a_listener_raises_is_unraisable_and_the_others_hear_of_the_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    file.write_text("old")
    told: queue.Queue[Change] = queue.Queue()
    raised: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: raised.append(repr(unraisable.exc_value)))

    def fail(change: Change) -> None:
        raise ValueError("of the listener")

    with HotReloader() as reloader:
        reloader.watch(file)
        reloader.on_change(fail)
        reloader.on_change(told.put)
        file.write_text("new")
        assert told.get(timeout=20).paths == [str(file)]
    assert raised == ["ValueError('of the listener')"]


def test_changes_are_iterated_until_the_reloader_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("old")

    async def main() -> list[list[str]]:
        seen = []
        with HotReloader() as reloader:
            reloader.watch(file)
            changes = aiter(reloader)
            file.write_text("new")
            async for change in changes:
                seen.append(change.paths)
                reloader.close()
        return seen

    assert asyncio.run(asyncio.wait_for(main(), 20)) == [[str(file)]]


def test_an_attached_manager_follows_its_files_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "p.py"
    source = "class Plugin:\n    name = 'p'\n    def execute(self, data):\n        return {}\n"
    file.write_text(source.format(1))
    told: queue.Queue[Change] = queue.Queue()
    with PluginManager() as manager, HotReloader() as reloader:
        manager.load_from_path(file)
        reloader.on_change(told.put)
        reloader.attach(manager)
        for text, outcome, answer in [
            (source.format(2), "swapped", 2),
            ("class", "aborted", 2),
            (source, "swapped", {}),
        ]:
            file.write_text(text.replace("{}", "dict()") if text == source else text)
            assert [report.outcome for report in told.get(timeout=20).reports] == [outcome]
            assert manager.execute("p") == answer

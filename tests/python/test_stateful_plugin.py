"""StatefulPlugin in Python alone: subclasses, paths, threads, a full disk."""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pairity import PluginManager, StatefulPlugin
from pairity.errors import InvalidPlugin, PathUnusable


class Visits(StatefulPlugin):
    """A plugin whose state has been through three schemas."""

    def __init__(self, schema: int = 1) -> None:
        super().__init__("visits", "1.0.0", schema)

    def execute(self, data: Any = None) -> Any:  # noqa: ANN401 - as the base class has it
        self.set("count", self.get("count", 0) + 1)
        return self.get("count")

    def migrate(self, state: dict[str, Any], schema: int) -> Mapping[str, Any]:
        return {**state, "steps": [*state.get("steps", []), schema]}


def test_a_path_may_be_text_or_path_like(tmp_path: Path) -> None:
    plugin = Visits()
    plugin.set("count", 3)
    paths: list[str | Path] = [tmp_path / "a.json", str(tmp_path / "b.json")]
    for path in paths:
        plugin.save_state(path)
        other = Visits()
        other.load_state(path)
        assert other.state == {"count": 3}


def test_a_file_in_an_old_schema_goes_through_every_step(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    old = Visits()
    old.save_state(path)
    new = Visits(4)
    new.load_state(path)
    assert new.get("steps") == [1, 2, 3]


def test_a_step_that_raises_leaves_the_state_and_passes_through(tmp_path: Path) -> None:
    class Failing(Visits):
        def migrate(self, state: dict[str, Any], schema: int) -> Mapping[str, Any]:
            if schema == 2:
                raise LookupError("lost")
            return state

    plugin = Failing(4)
    plugin.set("count", 1)
    with pytest.raises(LookupError, match="lost"):
        plugin.load_state(Visits().save_state())
    assert plugin.state == {"count": 1}


def test_a_manager_asks_for_the_schema_and_migrates_before_it_shuts_anything_down(tmp_path: Path) -> None:
    file = tmp_path / "visits.py"
    source = """
from pairity import StatefulPlugin

class Plugin(StatefulPlugin):
    def __init__(self):
        super().__init__("visits", "1.0.0", {schema})
    def execute(self, data=None):
        return [self.schema, self.state]
    def migrate(self, state, schema):
        {migrate}
"""
    file.write_text(source.format(schema=1, migrate="return state"))
    with PluginManager() as manager:
        manager.load_from_path(file)
        manager.get("visits").set("count", 5)
        assert manager.get("visits").state_schema == 1
        file.write_text(source.format(schema=3, migrate="raise LookupError('lost')"))
        report = manager.reload_with_state("visits")
        assert (report.outcome, report.failure and report.failure[0]) == ("aborted", "migrate")
        assert manager.execute("visits") == [1, {"count": 5}]
        file.write_text(source.format(schema=3, migrate="return {'count': state['count'] * 10 + schema}"))
        report = manager.reload_with_state("visits")
        assert (report.outcome, report.migrated_from) == ("swapped", 1)
        assert manager.execute("visits") == [3, {"count": 512}]
        # The generation before it does not take a newer state, and the newer one runs on.
        assert manager.rollback("visits").outcome == "aborted"
        assert manager.execute("visits") == [3, {"count": 512}]


def test_a_damaged_file_names_the_one_before_it_and_the_state_stays(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    plugin = Visits()
    for count in [1, 2]:
        plugin.set("count", count)
        plugin.save_state(path)
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(InvalidPlugin) as caught:
        plugin.load_state(path)
    error = caught.value
    assert (error.code, error.path, error.hint) == ("ERR_PLUGIN_STATE_DAMAGED", str(path), "load the state before it")
    assert str(error).endswith(f"; {path}.bak holds the state before it")
    assert plugin.get("count") == 2
    plugin.load_state(f"{path}.bak")
    assert plugin.get("count") == 1


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="limits of file sizes are POSIX's")
def test_a_disk_that_is_full_leaves_the_file_as_it_was_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    Visits().save_state(path)
    before = path.read_bytes()
    script = (
        "import resource, signal, sys\n"
        "from pairity import StatefulPlugin\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "plugin = StatefulPlugin('visits', '1')\n"
        "plugin.set('text', 'x' * 100_000)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))\n"
        "try:\n    plugin.save_state(sys.argv[1])\n"
        "except OSError as error:\n    print(error.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    if not done.stdout:
        pytest.skip("this system does not limit the size of files")
    assert done.stdout == "EFBIG\n"
    assert path.read_bytes() == before
    assert sorted(os.listdir(tmp_path)) in (["state.json"], ["state.json", "state.json.bak"])


def test_a_folder_that_is_gone_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(PathUnusable) as caught:
        Visits().save_state(tmp_path / "gone" / "state.json")
    assert caught.value.code == "ENOENT"


def test_threads_share_a_state() -> None:
    plugin = StatefulPlugin("shared", "1")

    def work(key: str) -> None:
        for n in range(200):
            plugin.set(key, n)

    threads = [threading.Thread(target=work, args=[f"k{n}"]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert plugin.state == {f"k{n}": 199 for n in range(4)}

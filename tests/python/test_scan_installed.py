"""What only Python has of installed plugins: entry points of distributions."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pairity import PluginManager
from pairity.errors import InvalidState

Install = Callable[[str, str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a distribution of one module, with the lines of its entry points."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)

    def make(name: str, text: str, entries: str) -> None:
        (tmp_path / f"{name}.py").write_text(text)
        info = tmp_path / f"{name}-1.0.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n")
        (info / "entry_points.txt").write_text(entries)

    yield make
    for name in set(sys.modules) - before:
        del sys.modules[name]


def plugin(name: str) -> str:
    return f"class P:\n    name = {name!r}\n    def execute(self, data):\n        return [self.name, data]\n"


def test_entry_points_are_loaded_in_the_order_of_their_names(install: Install) -> None:
    install("second", plugin("b"), "[pairity.plugins]\nlater = second:P\n[console_scripts]\nx = second:nothing\n")
    install("first", plugin("a") + "made = P()\nmade.name = 'c'\n", "[pairity.plugins]\nz = first:made\na = first:P\n")
    with PluginManager() as manager:
        report = manager.scan_installed()
        assert (report.loaded, report.skipped, report.failed) == (["a", "b", "c"], [], [])
        assert manager.execute("a", 1) == ["a", 1]
        assert type(manager.get("a")) is sys.modules["first"].P


def test_a_function_makes_the_plugin(install: Install) -> None:
    install("lib", plugin("made") + "def make():\n    return P()\n", "[pairity.plugins]\none = lib:make\n")
    with PluginManager() as manager:
        assert manager.scan_installed().loaded == ["made"]


def test_another_group_is_another_application(install: Install) -> None:
    install("lib", plugin("p"), "[my.app]\none = lib:P\n")
    with PluginManager() as manager:
        assert manager.scan_installed().loaded == []
        assert manager.scan_installed(group="my.app").loaded == ["p"]


def test_a_bad_entry_point_does_not_stop_the_others(install: Install) -> None:
    install("good", plugin("p"), "[pairity.plugins]\ngood = good:P\nagain = good:P\n")
    install("bad", "n = 1\n", "[pairity.plugins]\nabsent = bad:absent\nbroken = worse\nnumber = bad:n\n")
    install("worse", "raise ValueError('not today')\n", "")
    with PluginManager() as manager:
        report = manager.scan_installed()
        assert report.loaded == ["p"]
        assert [(path, code) for path, code, _, _ in report.failed] == [
            ("absent = bad:absent", "ERR_PLUGIN_LOAD"),
            ("broken = worse", "ERR_PLUGIN_LOAD"),
            ("good = good:P", "ERR_VALUE"),
            ("number = bad:n", "ERR_TYPE"),
        ]
        assert "not today" in report.failed[1][2]


def test_what_was_imported_cannot_be_reloaded(install: Install) -> None:
    install("lib", plugin("p"), "[pairity.plugins]\none = lib:P\n")
    with PluginManager() as manager:
        manager.scan_installed()
        with pytest.raises(InvalidState) as raised:
            manager.reload("p")
        assert raised.value.code == "ERR_PLUGIN_STATE"


def test_a_coroutine_is_awaited_by_the_asynchronous_form_only(install: Install) -> None:
    text = plugin("p") + "    async def initialize(self):\n        pass\n"
    install("lib", text, "[pairity.plugins]\none = lib:P\n")
    with PluginManager() as manager:
        [(path, code, message, _)] = manager.scan_installed().failed
        assert (path, code) == ("one = lib:P", "ERR_PLUGIN_ASYNC")
        assert "scan_installed_async" in message
        assert asyncio.run(manager.scan_installed_async()).loaded == ["p"]

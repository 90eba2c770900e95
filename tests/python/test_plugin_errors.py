"""What errors about plugins tell in Python: their classes, and what a plugin raised as the cause."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pairity import PluginManager
from pairity.errors import (
    BrokenPlugin,
    InvalidPlugin,
    InvalidState,
    InvalidValue,
    MissingKey,
    MissingPlugin,
    PluginError,
    PluginUnavailable,
)

GOOD = "class Plugin:\n    name = 'a'\n    def execute(self, data):\n        return data\n"


@pytest.fixture
def manager() -> Iterator[PluginManager]:
    with PluginManager() as manager:
        yield manager


def test_each_kind_of_error_about_a_plugin_is_a_plugin_error_and_the_builtin_of_its_kind(
    manager: PluginManager, tmp_path: Path
) -> None:
    file = tmp_path / "a.py"
    file.write_text(GOOD)
    manager.load_from_path(file)
    refused: list[tuple[type[PluginError], tuple[type[Exception], ...], Callable[[], object]]] = [
        (MissingPlugin, (MissingKey, KeyError), partial(manager.get, "b")),
        (InvalidPlugin, (InvalidValue, ValueError), partial(manager.load_from_path, file)),
        (PluginUnavailable, (InvalidState, RuntimeError), partial(manager.rollback, "a")),
        (BrokenPlugin, (ImportError,), partial(manager.load_from_path, tmp_path)),
    ]
    for kind, kinds, operation in refused:
        with pytest.raises(PluginError) as caught:
            operation()
        assert type(caught.value) is kind
        assert all(isinstance(caught.value, one) for one in kinds)


def test_an_error_without_plugin_fields_has_none_of_them_set() -> None:
    error = PluginError("made by hand")
    assert (error.plugin, error.phase, error.path, error.hint) == (None, None, None, None)


def test_the_compiler_s_error_is_the_cause_of_the_refusal(manager: PluginManager, tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("def (\n")
    with pytest.raises(BrokenPlugin) as caught:
        manager.load_from_path(file)
    error = caught.value
    assert (error.phase, error.path, error.hint) == ("prepare", str(file), "correct the file where the message says")
    assert isinstance(error.__cause__, SyntaxError)


@pytest.mark.parametrize(
    ("hook", "phase", "code"),
    [
        ("initialize", "initialize", "ERR_PLUGIN_INITIALIZE"),
        ("__init__", "construct", "ERR_PLUGIN_LOAD"),
        ("load_state", "restore", "ERR_PLUGIN_LOAD_STATE"),
    ],
)
def test_the_error_of_a_report_has_what_the_plugin_raised_as_its_cause(
    manager: PluginManager, tmp_path: Path, hook: str, phase: str, code: str
) -> None:
    file = tmp_path / "a.py"
    file.write_text(GOOD + "    def save_state(self):\n        return 1\n")
    manager.load_from_path(file)
    file.write_text(GOOD + f"    def {hook}(self, *args):\n        raise LookupError('lost')\n")
    report = manager.reload_with_state("a")
    error = report.error
    assert isinstance(error, PluginError)
    assert (error.plugin, error.phase, error.path) == ("a", phase, str(file))
    assert (error.code, str(error)) == (code, f"Plugin failed in {phase}: lost")
    with pytest.raises(LookupError, match="lost") as caught:
        report.check()
    assert error.__cause__ is caught.value


def test_the_error_of_a_report_names_the_plugin_behind_that_failed(manager: PluginManager, tmp_path: Path) -> None:
    manifest = '{{"schema": 1, "id": "{}", "version": "1.0.0", "entry": {{"python": "main.py"}}{}}}'
    for name, more in [("a", ""), ("b", ', "requires": {"a": "*"}')]:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "plugin.json").write_text(manifest.format(name, more))
        (folder / "main.py").write_text(GOOD.replace("'a'", f"'{name}'"))
    manager.scan_directory(tmp_path)
    main = tmp_path / "a" / "main.py"
    main.write_text(main.read_text() + "# changed\n")
    other = tmp_path / "b" / "main.py"
    other.write_text(other.read_text() + "    def initialize(self):\n        raise LookupError('lost')\n")
    error = manager.reload("a").error
    assert isinstance(error, PluginError)
    assert (error.plugin, error.path) == ("b", str(other))


def test_a_reload_that_succeeds_has_no_error(manager: PluginManager, tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(GOOD)
    manager.load_from_path(file)
    assert manager.reload("a").error is None


def test_a_scan_has_an_error_for_each_failure_in_the_same_order(manager: PluginManager, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(GOOD + "    def initialize(self):\n        raise LookupError('lost')\n")
    (tmp_path / "b.py").write_text("def (\n")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "plugin.json").write_text("{")
    report = manager.scan_directory(tmp_path)
    assert [os.path.basename(path) for path, *_ in report.failed] == ["a.py", "b.py", "c"]
    errors = report.errors
    assert all(isinstance(error, PluginError) for error in errors)
    found = [(getattr(error, "plugin", 0), getattr(error, "phase", 0), type(error.__cause__)) for error in errors]
    assert found == [
        ("a", "initialize", LookupError),
        (None, "prepare", BrokenPlugin),
        (None, "resolve", type(None)),
    ]
    # The chain goes on to the compiler's own error.
    refusal = errors[1].__cause__
    assert refusal is not None
    assert isinstance(refusal.__cause__, SyntaxError)

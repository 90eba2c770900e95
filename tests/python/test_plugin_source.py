"""What a plugin file imports beside it: read once, private to a generation, and gone with it."""

import gc
import os
import subprocess
import sys
import textwrap
import traceback
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from pairity import PluginManager

PLUGIN = """
from .helper import answer
class Plugin:
    name = "p"
    def execute(self, data):
        return answer(data)
"""


@pytest.fixture
def manager() -> Iterator[PluginManager]:
    with PluginManager() as made:
        yield made


def write(folder: Path, **files: str) -> Path:
    """Write modules below a folder, `a__b` as a/b.py, and return the path of the plugin."""
    for name, text in {"p": PLUGIN, **files}.items():
        path = folder.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(text))
    return folder / "p.py"


def test_a_change_of_what_is_imported_anywhere_below_is_a_change_of_the_plugin(
    manager: PluginManager, tmp_path: Path
) -> None:
    helper = "from .deep.inner import VALUE\ndef answer(data): return VALUE"
    manager.load_from_path(write(tmp_path, helper=helper, deep__inner="VALUE = 1"))
    assert manager.execute("p") == 1
    assert manager.reload("p").outcome == "unchanged"
    write(tmp_path, deep__inner="VALUE = 2")
    assert manager.reload("p").outcome == "swapped"
    assert manager.execute("p") == 2


def test_every_edit_of_the_same_size_is_seen_and_nothing_is_cached_on_disk(tmp_path: Path) -> None:
    write(tmp_path, helper="def answer(data): return 10")
    script = """
        import sys
        from pathlib import Path
        from pairity import PluginManager
        folder = Path(sys.argv[1])
        manager = PluginManager()
        manager.load_from_path(folder / "p.py")
        for number in range(11, 61):
            (folder / "helper.py").write_text(f"def answer(data): return {number}")
            assert manager.reload("p").outcome == "swapped"
            assert manager.execute("p") == number
        print(sorted(path.name for path in folder.iterdir()))
    """
    # With bytecode writing on, which a machine may have switched off and so hide what this is about.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)]
    answer = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert (answer.stdout.strip(), answer.stderr) == ("['helper.py', 'p.py']", "")


def test_what_was_read_runs_even_when_the_file_changes_before_it_is_imported(
    manager: PluginManager, tmp_path: Path
) -> None:
    late = """
        class Plugin:
            name = "p"
            def execute(self, data):
                from .helper import answer
                return answer(data)
    """
    manager.load_from_path(write(tmp_path, p=late, helper="def answer(data): return 'read'"))
    write(tmp_path, p=late, helper="def answer(data): return 'later'")
    assert manager.execute("p") == "read"


def test_a_module_of_a_name_made_at_run_time_is_found_as_well(manager: PluginManager, tmp_path: Path) -> None:
    dynamic = """
        from importlib import import_module
        class Plugin:
            name = "p"
            def execute(self, data):
                return import_module("." + data, __package__).VALUE
    """
    manager.load_from_path(write(tmp_path, p=dynamic, other="VALUE = 3"))
    assert manager.execute("p", "other") == 3
    with pytest.raises(ModuleNotFoundError, match="nothing"):
        manager.execute("p", "nothing")


def test_generations_share_no_module_and_released_ones_die(manager: PluginManager, tmp_path: Path) -> None:
    helper = "class Kept: pass\ndef answer(data): return Kept"
    path = write(tmp_path, helper=helper)
    manager.load_from_path(path)
    kept = [weakref.ref(manager.execute("p"))]
    for number in range(2):
        write(tmp_path, helper=f"{helper}\n# {number}")
        manager.reload("p").check()
        kept.append(weakref.ref(manager.execute("p")))
    gc.collect()
    # The running generation and the one before it.
    assert [reference() is not None for reference in kept] == [False, True, True]
    manager.unregister("p")
    gc.collect()
    assert [reference() for reference in kept] == [None] * 3
    assert not [name for name in sys.modules if name.startswith("pairity_plugin_")]
    assert not [finder for finder in sys.meta_path if type(finder).__module__ == "pairity._generation"]


def test_tracebacks_show_the_source_that_runs(manager: PluginManager, tmp_path: Path) -> None:
    manager.load_from_path(write(tmp_path, helper="def answer(data):\n    return 1 / data  # old"))
    write(tmp_path, helper="# another file by now")
    try:
        manager.execute("p", 0)
    except ZeroDivisionError as error:
        text = "".join(traceback.format_exception(error))
    assert "return 1 / data  # old" in text
    assert "return answer(data)" in text


@pytest.mark.parametrize(
    ("helper", "error"),
    [
        ("raise LookupError('while it is imported')", LookupError),
        ("def answer(data) return 1", SyntaxError),
        ("from ..outside import answer", ImportError),
        ("from .absent import answer", ModuleNotFoundError),
    ],
)
def test_a_sibling_that_is_broken_raises_when_it_is_imported_and_leaves_nothing(
    manager: PluginManager, tmp_path: Path, helper: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        manager.load_from_path(write(tmp_path, helper=helper))
    assert manager.list_plugins() == []
    assert not [name for name in sys.modules if name.startswith("pairity_plugin_")]


def test_a_sibling_may_be_missing_where_the_plugin_expects_it(manager: PluginManager, tmp_path: Path) -> None:
    optional = """
        try:
            from .extra import VALUE
        except ImportError:
            VALUE = "without"
        class Plugin:
            name = "p"
            def execute(self, data):
                return VALUE
    """
    manager.load_from_path(write(tmp_path, p=optional))
    assert manager.execute("p") == "without"
    write(tmp_path, p=optional, extra="VALUE = 'with'")
    assert manager.reload("p").outcome == "swapped"
    assert manager.execute("p") == "with"


def test_modules_that_import_each_other_are_read_once(manager: PluginManager, tmp_path: Path) -> None:
    files = {
        "helper": "from . import other\ndef answer(data): return other.double(data)\ndef two(): return 2",
        "other": "from . import helper\ndef double(data): return helper.two() * data",
    }
    manager.load_from_path(write(tmp_path, **files))
    assert manager.execute("p", 4) == 8


def test_the_class_of_a_plugin_may_stand_in_a_sibling(manager: PluginManager, tmp_path: Path) -> None:
    real = """
        class Plugin:
            name = "real"
            def execute(self, data):
                return data
    """
    assert manager.load_from_path(write(tmp_path, p="from .real import Plugin", real=real)) == "real"

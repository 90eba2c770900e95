"""Each phase of a reload against each failure and each policy, from the table that Node runs as well.

Afterwards either the new generation runs whole or the old one does, with its state, and so does the plugin behind it.
"""

import asyncio
import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from pairity import PluginManager
from pairity.errors import PairityError, PluginError
from pairity.plugin_reports import ReloadReport

ROWS: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "plugins" / "faults.json").read_text())

FAULTS = {
    "raise": "raise LookupError('boom')",
    "late": "return asyncio.get_running_loop().create_future()",
    "full_disk": "with FileWriter('/dev/full') as file: file.write('state')",
    "corrupt_state": "StatefulPlugin('s', '1').load_state(Path(__file__).with_name('state.json'))",
}

SOURCE = """
import asyncio
from pathlib import Path
from pairity import FileWriter, StatefulPlugin

class Plugin:
    name = NAME
    state_schema = SCHEMA
    def __init__(self):
        self.count, self.runs = 0, False
        CONSTRUCT
    def initialize(self):
        self.count = self.count if KEEPS else 0
        INITIALIZE
        self.runs = True
    def shutdown(self):
        SHUTDOWN
        self.runs = False
    def execute(self, data):
        self.count = self.count if data is None else data
        return [GENERATION, self.count, self.runs]
    def save_state(self):
        SAVE_STATE
        return {"count": self.count}
    def load_state(self, state, from_schema):
        LOAD_STATE
        self.count = state["count"]
"""

MIGRATE = """
    def migrate(self, state, from_schema):
        FAULT
        state["count"] += 100
        return state
"""


def source(policy: str, generation: int, row: dict[str, Any], name: str = "a") -> str:
    where = {1: "old", 2: "new"}[generation]
    hook = row["hook"] if row["generation"] == where and name == "a" else None
    fault = FAULTS.get(row["failure"], "pass")
    schema = 3 if policy == "migrated" and generation == 2 and name == "a" else 1
    text = SOURCE.replace("NAME", repr(name)).replace("KEEPS", str(policy == "reload")).replace("SCHEMA", str(schema))
    if row["failure"] != "absent":
        text += MIGRATE.replace("FAULT", fault if hook == "migrate" else "pass")
    for place in ["construct", "initialize", "shutdown", "save_state", "load_state"]:
        text = text.replace(place.upper(), fault if hook == place else "pass")
    return text.replace("GENERATION", str(generation))


def package(folder: Path, name: str, version: str, text: str | None, **more: object) -> None:
    folder.mkdir(exist_ok=True)
    manifest = {"schema": 1, "id": name, "version": version, "entry": {"python": "main.py"}, **more}
    (folder / "plugin.json").write_text(json.dumps(manifest))
    main = folder / "main.py"
    main.unlink(missing_ok=True)
    if text is not None:
        main.write_text(text)


def change(folder: Path, row: dict[str, Any]) -> None:
    """Put the new version there, with its fault."""
    text = source(row["policy"], 2, row)
    failure = row["failure"]
    texts = {"syntax": "def (", "no_class": "x = 1", "gone": None, "renamed": text.replace("name = 'a'", "name = 'c'")}
    requires = {"requires": {"x": "*"}} if failure == "missing_dependency" else {}
    package(folder, "a", "2.0.0" if failure == "wrong_version" else "1.0.1", texts.get(failure, text), **requires)
    if failure == "bad_manifest":
        (folder / "plugin.json").write_text("{")


async def reload(manager: PluginManager, policy: str, is_async: bool) -> ReloadReport:
    if policy == "reload":
        return await manager.reload_async("a") if is_async else manager.reload("a")
    return await manager.reload_with_state_async("a") if is_async else manager.reload_with_state("a")


# What is not awaited is never late.
CASES = [(row, is_async) for row in ROWS for is_async in (False, True) if is_async or row["failure"] != "late"]


def title(value: object) -> str:
    if isinstance(value, dict):
        return f"{value['policy']}-{value['hook'] or value['phase']}-{value['failure']}"
    return "async" if value else "sync"


@pytest.mark.parametrize(("row", "is_async"), CASES, ids=title)
def test_a_reload_that_fails_leaves_one_generation_whole(tmp_path: Path, row: dict[str, Any], is_async: bool) -> None:
    policy = row["policy"]
    good = {**row, "failure": "none", "hook": None}
    package(tmp_path / "a", "a", "1.0.0", source(policy, 1, row))
    package(tmp_path / "b", "b", "1.0.0", source(policy, 1, good, "b"), requires={"a": "^1"})
    (tmp_path / "a" / "state.json").write_text('{"format":"pairity-state","version":1}')

    async def main() -> None:
        manager = PluginManager(deadline_ms=1)
        try:
            assert manager.scan_directory(tmp_path).loaded == ["a", "b"]
            assert manager.execute("a", 5) == [1, 5, True]
            assert manager.execute("b", 7) == [1, 7, True]
            change(tmp_path / "a", row)
            report = await reload(manager, policy, is_async)
            assert report.outcome == row["outcome"]
            if row["outcome"] == "swapped":
                count = {"reload": 0, "reload_with_state": 5, "migrated": 205}[policy]
                assert manager.execute("a") == [2, count, True]
                assert manager.execute("b") == [1, 0 if policy == "reload" else 7, True]
                assert (report.error, report.generation, report.retained) == (None, 2, [1, 2])
            else:
                assert manager.execute("a") == [1, 5, True]
                assert manager.execute("b") == [1, 7, True]
                error = report.error
                assert isinstance(error, PluginError) or row["failure"] == "gone"
                assert report.failure is not None
                assert report.failure[:2] == (row["phase"], row["code"])
                assert getattr(error, "plugin", None) in ("a", "b")
                assert (report.generation, report.retained) == (1, [1])
            # Nothing is left behind that would keep the next version from being loaded.
            package(tmp_path / "a", "a", "1.0.2", source("reload_with_state", 2, good) + "# mended\n")
            if row["hook"] != "shutdown":
                assert (await reload(manager, "reload", is_async)).outcome == "swapped"

        finally:
            # An old generation that refuses to stop refuses at the very end as well.
            with contextlib.suppress(LookupError, PairityError):
                await manager.close_async()

    asyncio.run(main())

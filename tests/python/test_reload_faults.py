"""Each phase of a reload and of a rollback against each failure and policy, from the table that Node runs as well.

Afterwards either the new generation runs whole or the old one does, with its state, and so does the plugin behind it.
Only where the old one does not come back either, neither runs, and the next version does.
"""

import asyncio
import builtins
import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pairity import PluginManager
from pairity.errors import InvalidState, PairityError, PluginError, PluginUnavailable
from pairity.plugin_reports import ReloadReport

Row = dict[str, Any]

ROWS: list[Row] = json.loads((Path(__file__).parents[1] / "plugins" / "faults.json").read_text())

FAULTS = {
    "raise": "raise LookupError('boom')",
    "spoil": "state['count'] = 999; raise LookupError('boom')",
    "late": "return asyncio.get_running_loop().create_future()",
    "full_disk": "fill_the_disk()",
    "corrupt_state": "StatefulPlugin('s', '1').load_state(Path(__file__).with_name('state.json'))",
    "call": "call_the_old_one()",
}

SOURCE = """
import asyncio
from pathlib import Path
from pairity import FileWriter, StatefulPlugin

def fill_the_disk():
    with FileWriter("/dev/full") as file:
        file.write("state")

class Plugin:
    name = NAME
    state_schema = SCHEMA
    def __init__(self):
        self.count, self.runs, self.called = 0, False, []
        CONSTRUCT
    def fails(self, hook, spared):
        self.called.append(hook)
        return self.called.count(hook) > spared
    def initialize(self):
        self.count = self.count if KEEPS else 0
        INITIALIZE
        self.runs = True
    def shutdown(self):
        SHUTDOWN
        self.runs = False
    def execute(self, data):
        if callable(data):
            return data()
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
        MIGRATE
        state["count"] += 100
        return state
"""


def is_rollback(row: Row) -> bool:
    return str(row["policy"]).startswith("rollback")


def source(row: Row, generation: int, name: str = "a") -> str:
    policy = row["policy"]
    # A rollback goes from the second generation to the first one.
    role = "new" if (generation == 2) != is_rollback(row) else "old"
    hook = row["hook"] if row["generation"] in (role, "both") and name == "a" else None
    # The start and the reload before what is tried do not fail.
    spared = {"initialize": 1 if generation == 1 or is_rollback(row) else 0}
    spared["load_state"] = 1 if generation == 2 and is_rollback(row) else 0
    schema = 3 if policy.endswith("migrated") and generation == 2 and name == "a" else 1
    text = SOURCE.replace("NAME", repr(name)).replace("KEEPS", str(policy == "reload")).replace("SCHEMA", str(schema))
    if row["failure"] != "absent" or role != row["generation"]:
        text += MIGRATE
    for place in ["construct", "initialize", "shutdown", "save_state", "load_state", "migrate"]:
        fault = f"if self.fails({place!r}, {spared.get(place, 0)}): {FAULTS.get(row['failure'], 'pass')}"
        text = text.replace(f"        {place.upper()}\n", f"        {fault if hook == place else 'pass'}\n")
    return text.replace("GENERATION", str(generation))


def package(folder: Path, name: str, version: str, text: str | None, **more: object) -> None:
    folder.mkdir(exist_ok=True)
    manifest = {"schema": 1, "id": name, "version": version, "entry": {"python": "main.py"}, **more}
    (folder / "plugin.json").write_text(json.dumps(manifest))
    main = folder / "main.py"
    main.unlink(missing_ok=True)
    if text is not None:
        main.write_text(text)


def change(folder: Path, row: Row) -> None:
    """Put the new version there, with its fault."""
    text = source(row, 2)
    failure = None if is_rollback(row) else row["failure"]
    texts = {"syntax": "def (", "no_class": "x = 1", "gone": None, "renamed": text.replace("name = 'a'", "name = 'c'")}
    requires = {"requires": {"x": "*"}} if failure == "missing_dependency" else {}
    version = "2.0.0" if failure == "wrong_version" else "1.0.1"
    package(folder, "a", version, texts.get(str(failure), text), **requires)
    if failure == "bad_manifest":
        (folder / "plugin.json").write_text("{")


async def reload(manager: PluginManager, policy: str, is_async: bool) -> ReloadReport:
    if policy.startswith("rollback"):
        return await manager.rollback_async("a") if is_async else manager.rollback("a")
    if policy == "reload":
        return await manager.reload_async("a") if is_async else manager.reload("a")
    return await manager.reload_with_state_async("a") if is_async else manager.reload_with_state("a")


async def prepare(manager: PluginManager, folder: Path, row: Row) -> None:
    """Load both plugins; for a rollback, reload the first one, so that there is something to go back to."""
    good = {**row, "failure": "none", "hook": None}
    needs_more = is_rollback(row) and row["failure"] == "missing_dependency"
    package(folder / "a", "a", "1.0.0", source(row, 1), **({"requires": {"x": "*"}} if needs_more else {}))
    package(folder / "b", "b", "1.0.0", source(good, 1, "b"), requires={"a": "^1"})
    if needs_more:
        package(folder / "x", "x", "1.0.0", source(good, 1, "x"))
    (folder / "a" / "state.json").write_text('{"format":"pairity-state","version":1}')
    assert manager.scan_directory(folder).failed == []
    assert manager.execute("a", 5) == [1, 5, True]
    assert manager.execute("b", 7) == [1, 7, True]
    change(folder / "a", row)
    if not is_rollback(row):
        return
    assert (await manager.reload_with_state_async("a")).outcome == "swapped"
    assert manager.execute("a") == [2, 205 if row["policy"] == "rollback_migrated" else 5, True]
    assert manager.execute("a", 6) == [2, 6, True]
    if needs_more:
        manager.unregister("x")
    if row["failure"] == "wrong_version":
        package(folder / "d", "d", "1.0.0", source(good, 1, "d"), requires={"a": ">=1.0.1"})
        manager.load_from_path(folder / "d")


@contextlib.contextmanager
def held_call(manager: PluginManager, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the new version, while it is made, begin a call of the old one, which ends after the reload."""
    entered, release = threading.Event(), threading.Event()

    def hold() -> bool:
        entered.set()
        return release.wait(10)

    caller = threading.Thread(target=manager.execute, args=["a", hold])

    def call() -> None:
        caller.start()
        assert entered.wait(10)

    monkeypatch.setattr(builtins, "call_the_old_one", call, raising=False)
    yield
    release.set()
    if caller.ident is not None:
        caller.join(10)


async def late_call(manager: PluginManager, is_due: bool) -> Callable[[], Any]:
    """A call that nobody answers, which the deadline ends while a drain waits for it; returns what looks at its end."""
    if not is_due:
        return lambda: asyncio.sleep(0)
    entered = asyncio.Event()

    def hang() -> Any:  # noqa: ANN401 - any awaitable
        entered.set()
        return asyncio.get_running_loop().create_future()

    call = asyncio.create_task(manager.execute_async("a", hang))
    await entered.wait()

    async def end() -> None:
        with pytest.raises(PluginUnavailable, match="did not end execute within"):
            await call

    return end


# What is not awaited is never late; and who can wait waits for a call.
WAYS = {"late": [True], "late_call": [True], "call": [False]}
CASES = [(row, is_async) for row in ROWS for is_async in WAYS.get(row["failure"], [False, True])]


def title(value: object) -> str:
    if isinstance(value, dict):
        place = value["hook"] or value["phase"]
        return f"{value['policy']}-{value['generation'] or 'any'}-{place}-{value['failure']}"
    return "async" if value else "sync"


def check_end(manager: PluginManager, row: Row, report: ReloadReport) -> None:
    """Look at what runs after the reload, and at its report."""
    assert report.outcome == row["outcome"]
    before, after = (2, 1) if is_rollback(row) else (1, 2)
    kept = [1, 2] if is_rollback(row) or row["outcome"] == "swapped" else [1]
    generation = after if row["outcome"] == "swapped" else before
    assert (report.generation, report.retained) == (generation, kept)
    if row["outcome"] == "swapped":
        counts = {"reload": 0, "reload_with_state": 5, "migrated": 205, "rollback": 6, "rollback_migrated": 106}
        assert manager.execute("a") == [after, counts[row["policy"]], True]
        assert manager.execute("b") == [1, 0 if row["policy"] == "reload" else 7, True]
        assert report.error is None
        return
    error = report.error
    assert isinstance(error, PluginError) or row["failure"] == "gone"
    assert report.failure is not None
    assert report.failure[:2] == (row["phase"], row["code"])
    assert getattr(error, "plugin", None) in ("a", "b", "d")
    if row["outcome"] == "failed":
        for name in ["a", "b"]:
            with pytest.raises(InvalidState, match="Plugin not initialized"):
                manager.execute(name)
    else:
        assert manager.execute("a") == [before, 6 if is_rollback(row) else 5, True]
        assert manager.execute("b") == [1, 7, True]


@pytest.mark.parametrize(("row", "is_async"), CASES, ids=title)
def test_a_reload_that_fails_leaves_one_generation_whole(
    tmp_path: Path, row: Row, is_async: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = {**row, "failure": "none", "hook": None}

    async def main() -> None:
        manager = PluginManager(deadline_ms=1)
        try:
            await prepare(manager, tmp_path, row)
            look_at_call = await late_call(manager, row["failure"] == "late_call")
            with held_call(manager, monkeypatch):
                report = await reload(manager, row["policy"], is_async)
            await look_at_call()
            assert ("drain" in report.phase_times()) == (row["failure"] in ("call", "late_call"))
            check_end(manager, row, report)
            # Nothing is left behind that would keep the next version from being loaded.
            package(tmp_path / "a", "a", "1.0.2", source({**good, "policy": "reload_with_state"}, 2) + "# mended\n")
            if row["hook"] != "shutdown":
                assert (await reload(manager, "reload", is_async)).outcome == "swapped"
                assert manager.execute("b")[2]

        finally:
            # An old generation that refuses to stop refuses at the very end as well.
            with contextlib.suppress(LookupError, PairityError):
                await manager.close_async()

    asyncio.run(main())

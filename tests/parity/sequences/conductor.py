"""A plugin that conducts calls of another manager's plugins side by side; the twin of conductor.ts."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypedDict

from pairity import PluginManager

Call = Callable[[], Awaitable[object]]
Outcome = list[object]


class Script(TypedDict):
    """What to do."""

    manager: PluginManager
    held: list[tuple[str, str | None]]
    change: tuple[str, str]
    during: list[tuple[str, str]]


async def outcome(call: Call) -> Outcome:
    """Return what a call returns, or the code or the text of what it raises."""
    try:
        return ["returned", await call()]
    except Exception as error:
        return ["threw", getattr(error, "code", None) or str(error)]


def hold(manager: PluginManager, name: str, inner: str | None, gate: asyncio.Event) -> Awaitable[Outcome]:
    """Call a plugin, which waits for the gate and then calls another one, or does what `inner` says otherwise."""

    async def wait() -> object:
        await gate.wait()
        return None if inner is None else await manager.execute_async(inner)

    return outcome(lambda: manager.execute_async(name, "late" if inner == "late" else wait))


def change(manager: PluginManager, kind: str, name: str) -> Awaitable[Outcome]:
    """Change a plugin, and return what the report says."""

    async def run() -> object:
        report = await getattr(manager, f"{kind}_async")(name)
        if report is None:
            return None
        phase = report.failure[0] if report.failure else None
        return [report.outcome, phase, report.generation, list(report.retained)]

    return outcome(run)


def call(manager: PluginManager, kind: str, name: str) -> Awaitable[Outcome]:
    """Call a plugin in this way."""

    async def run() -> object:
        if kind == "execute":
            return manager.execute(name)
        if kind == "hook":
            return manager.call_hook("h")
        if kind == "hook_async":
            return await manager.call_hook_async("h")
        return await manager.execute_async(name, None if kind == "execute_async" else kind)

    return change(manager, kind, name) if kind.startswith("reload") else outcome(run)


class Plugin:
    """Lets calls run, changes a plugin, and calls it meanwhile; returns the outcomes in this order."""

    name = "conductor"

    async def execute(self, script: Script) -> list[Outcome]:
        """Carry out a script."""
        manager = script["manager"]
        draining = asyncio.Event()
        end = manager.on_event(lambda event: draining.set() if event.get("after") == "draining" else None)
        gates = [asyncio.Event() for _ in script["held"]]
        held = [
            asyncio.ensure_future(hold(manager, name, inner, gate))
            for (name, inner), gate in zip(script["held"], gates, strict=True)
        ]
        # Every task runs up to where it has to wait.
        await asyncio.sleep(0)
        changing = asyncio.ensure_future(change(manager, *script["change"]))
        while not (changing.done() or draining.is_set()):
            await asyncio.sleep(0)
        during = [asyncio.ensure_future(call(manager, kind, name)) for kind, name in script["during"]]
        await asyncio.sleep(0)
        outcomes = []
        for gate, task in zip(gates, held, strict=True):
            gate.set()
            outcomes.append(await task)
        for task in [changing, *during]:
            outcomes.append(await task)
        end()
        return outcomes

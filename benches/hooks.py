"""What calls of plugins cost beside pluggy: `python benches/hooks.py [--fast]`.

Both are measured in one run, in turns; the figures are the least times of a call in microseconds, and their ratio.
"""

import sys
import timeit
from collections.abc import Callable

import pluggy
from pairity import PluginManager

PLUGINS = (1, 5)
spec = pluggy.HookspecMarker("bench")
impl = pluggy.HookimplMarker("bench")


class Spec:
    """What pluggy has to know of the hooks."""

    @spec
    def render(self, data: int) -> int:  # type: ignore[empty-body]  # a specification
        """Answer with a number."""

    @spec(firstresult=True)
    def first(self, data: int) -> int:  # type: ignore[empty-body]  # a specification
        """Answer with a number, after which no other one is asked."""


class Plugin:
    """One class for both: pairity reads `hooks`, pluggy the marks."""

    hooks = {"render": "render", "first": "first"}  # noqa: RUF012 - read by the manager, changed by nobody

    def __init__(self, name: str) -> None:
        """Create a plugin."""
        self.name = name

    def execute(self, data: int) -> int:
        """Answer with the next number."""
        return data + 1

    @impl
    def render(self, data: int) -> int:
        """Answer with the next number."""
        return data + 1

    @impl
    def first(self, data: int) -> int:
        """Answer with the next number."""
        return data + 1


def compare(title: str, ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> None:
    """Print the least time of each, measured in turns."""
    assert ours() == theirs()
    # Short turns, so that one of them is undisturbed on a busy machine.
    number = 100
    times = [(timeit.timeit(ours, number=number), timeit.timeit(theirs, number=number)) for _ in range(rounds)]
    mine, other = (min(one) / number * 1e6 for one in zip(*times, strict=True))
    print(f"{title:<24} pairity {mine:6.2f} µs   pluggy {other:6.2f} µs   ratio {mine / other:5.2f}")


def measure(count: int, rounds: int) -> None:
    """Measure every way to call as many plugins."""
    theirs = pluggy.PluginManager("bench")
    theirs.add_hookspecs(Spec)
    with PluginManager() as ours:
        for at in range(count):
            plugin = Plugin(f"p{at}")
            ours.register(plugin)
            theirs.register(plugin)
        if count == 1:
            compare("execute", lambda: ours.execute("p0", 1), lambda: theirs.hook.first(data=1), rounds)
        compare(f"all of {count}", lambda: ours.call_hook("render", 1), lambda: theirs.hook.render(data=1), rounds)
        compare(f"first of {count}", lambda: ours.call_first("first", 1), lambda: theirs.hook.first(data=1), rounds)


def main() -> None:
    """Measure with one plugin and with several."""
    rounds = 2 if "--fast" in sys.argv else 500
    for count in PLUGINS:
        measure(count, rounds)


if __name__ == "__main__":
    main()

"""One program while it runs."""

import array
import functools

from .decode import Decoder, shown
from .drive import awaiting, in_loop
from .encode import MAX_OBJECTS, Encoder, opaque
from .faults import Malformed, Missing, NotAwaited
from .handles import Handles
from .protocols import IN_PLACE, PLAIN, PROTOCOLS, is_awaitable
from .scripts import Scripts

ABSENT = object()
MUTABLE = frozenset((list, dict, set, array.array))


class Program:
    """Executes steps. `run` is a generator that yields what has to be awaited; its driver decides how."""

    def __init__(self, library, files, trace=None):
        """Begin a program; `trace` is told the index of each step before it runs."""
        self.library = library
        self.files = files
        self.trace = trace
        self.handles = Handles(library)
        scripts = Scripts(self)
        self.encoder = Encoder(library, self.handles, files, scripts.known)
        self.decoder = Decoder(library, self.handles, files, scripts)
        self.outcome = None

    def run(self, steps, observing=True, scoped=False):
        """Execute steps; return their outcomes, and the unexpected error that ended a scope."""
        outcomes = []
        for index, step in enumerate(steps):
            if self.trace is not None and observing and not scoped:
                self.trace(index)
            outcome = {"step": index}
            outcomes.append(outcome)
            outer, self.outcome = self.outcome, outcome
            tracked = failure = None
            try:
                if "call" in step or "new" in step:
                    function = self.function(step)
                    args, kwargs, tracked = self.arguments(step)
                    try:
                        result = function(*args, **kwargs)
                    except RuntimeError as error:
                        # Native libraries need the loop to make their futures, and say so in asyncio's own words.
                        if str(error) != "no running event loop":
                            raise
                        result = in_loop(function, args, kwargs)
                elif "get" in step:
                    owner = self.handles.get(step["on"]) if "on" in step else self.owner(step)
                    result = getattr(owner, step["get"])
                elif "set" in step:
                    setattr(self.handles.get(step["on"]), step["set"], self.decoder.decode(step["to"]))
                    result = ABSENT
                else:
                    result = yield from self.rare(step, outcome)
                if is_awaitable(result):
                    outcome["async"] = True
                    result = yield result
                if result is not ABSENT:
                    self.settle(step, outcome, result)
            except Missing:
                outcome["skipped"] = True
            except NotAwaited:
                del outcome["async"]
                outcome["value"] = opaque("awaitable")
            except Malformed:
                raise
            except BaseException as error:
                if step.get("call") in ("__next__", "__anext__") and type(error) in (StopIteration, StopAsyncIteration):
                    outcome["done"] = True
                else:
                    outcome["error"] = self.encoder.error(error)
                    failure = error
            self.outcome = outer
            if tracked is not None:
                changed = {
                    key: now for key, value, before in tracked if (now := self.encoder.readable(value)) != before
                }
                if changed:
                    outcome["mutated"] = changed
            if observing and self.handles.live:
                state = self.handles.changes(self.encoder)
                if state is not None:
                    outcome["state"] = {**outcome["state"], **state} if "state" in outcome else state
            if failure is not None and scoped and "throws" not in step:
                return outcomes, failure
        return outcomes, None

    def function(self, step):
        """Return what a step calls."""
        if "new" in step:
            if step.get("plain"):
                return dict
            factory = step.get("factory")
            return self.library.find(step["new"]) if factory is None else getattr(self.owner(factory), factory["call"])
        name = step["call"]
        if "on" not in step:
            return getattr(self.owner(step), name)
        target = self.handles.get(step["on"])
        protocol = PROTOCOLS.get(name)
        return getattr(target, name) if protocol is None else functools.partial(protocol, target)

    def owner(self, step):
        """Return the class or the module whose member a step names."""
        return self.library.find(step["of"]) if "of" in step else self.library.module

    def arguments(self, step):
        """Decode the arguments; remember containers as they are, to see whether the call changes them."""
        args = step.get("args")
        kwargs = step.get("kwargs")
        if not args and not kwargs:
            return (), {}, None
        decode, tracked = self.decoder.decode, []
        positional = []
        for index, wire in enumerate(args or ()):
            value = decode(wire)
            positional.append(value)
            if type(value) in MUTABLE:
                tracked.append((str(index), value, self.encoder.readable(value)))
        named = {}
        for name, wire in (kwargs or {}).items():
            value = named[name] = decode(wire)
            if type(value) in MUTABLE:
                tracked.append((name, value, self.encoder.readable(value)))
        return positional, named, tracked or None

    def settle(self, step, outcome, result):
        """Note a result in the outcome, and bind it where the step asks for it."""
        if "new" in step:
            self.handles.bind(step["as"], result)
        elif step.get("quiet"):
            pass
        elif step.get("call") in IN_PLACE:
            # `x += y` binds the name again, to x itself when it changed in place.
            if result is not self.handles.get(step["on"]):
                self.handles.bind(step["on"], result)
            outcome["value"] = {"ref": step["on"]}
        elif "as" in step:
            # The state of an observed object follows as the state of its handle.
            observed = type(result) not in PLAIN and self.library.observed(type(result)) is not None
            outcome["value"] = self.encoder.encode(result, (), MAX_OBJECTS if observed else 0)
            self.handles.bind(step["as"], result)
        else:
            outcome["value"] = self.encoder.encode(result)

    def rare(self, step, outcome):
        """Execute the kinds of step that need more than one call."""
        if "iterate" in step:
            yield from self.iterate(self.handles.get(step["iterate"]), step.get("limit", 1000), outcome)
        elif "scope" in step:
            manager = self.handles.get(step["scope"])
            if step.get("async") or (not hasattr(type(manager), "__enter__") and hasattr(type(manager), "__aenter__")):
                outcome["async"] = True
                yield self.scope_async(step, outcome, manager)
            else:
                yield from self.scope(step, outcome, manager)
        elif "drop" in step:
            self.handles.drop(step["drop"])
            outcome["state"] = {step["drop"]: None}
        elif "file" in step:
            self.files.do(step)
        else:
            raise Malformed(f"not a step: {shown(step)}")
        return ABSENT

    def iterate(self, target, limit, outcome):
        """Take items, synchronously where the object can, and never close the iterator."""
        kind = type(target)
        asynchronous = hasattr(kind, "__aiter__") and not hasattr(kind, "__iter__")
        iterator = kind.__aiter__(target) if asynchronous else iter(target)
        items = outcome["value"] = []
        outcome["done"] = False
        if asynchronous:
            outcome["async"] = True
        for _ in range(limit):
            try:
                item = (yield type(iterator).__anext__(iterator)) if asynchronous else next(iterator)
            except (StopIteration, StopAsyncIteration):
                outcome["done"] = True
                return
            items.append(self.encoder.encode(item))

    def scope(self, step, outcome, manager):
        """Run the steps between the object's enter and exit, as `with` does."""
        kind = type(manager)
        if not hasattr(kind, "__enter__") or not hasattr(kind, "__exit__"):
            raise TypeError(f"'{kind.__name__}' object does not support the context manager protocol")
        entered = kind.__enter__(manager)
        if "as" in step:
            self.handles.bind(step["as"], entered)
        outcome["inner"], failure = yield from self.run(step["steps"], scoped=True)
        swallowed = kind.__exit__(manager, *thrown(failure))
        if failure is not None and not swallowed:
            raise failure

    async def scope_async(self, step, outcome, manager):
        """Do the same as `async with` does: in one task, while the loop runs."""
        kind = type(manager)
        if not hasattr(kind, "__aenter__") or not hasattr(kind, "__aexit__"):
            raise TypeError(f"'{kind.__name__}' object does not support the asynchronous context manager protocol")
        entered = await kind.__aenter__(manager)
        if "as" in step:
            self.handles.bind(step["as"], entered)
        outcome["inner"], failure = await awaiting(self.run(step["steps"], scoped=True))
        swallowed = await kind.__aexit__(manager, *thrown(failure))
        if failure is not None and not swallowed:
            raise failure


def thrown(failure):
    """Return what leaving a scope is told about the error that ended it."""
    return (None, None, None) if failure is None else (type(failure), failure, failure.__traceback__)

"""Host functions and objects that programs describe: they record their calls and do as they are told."""

import asyncio
import inspect
import itertools

from .drive import awaiting, refusing
from .encode import MAX_OBJECTS

THROWN = {"value": ValueError, "type": TypeError, "key": KeyError, "state": RuntimeError, "error": Exception}


def mark_asynchronous(function):
    """Let libraries that ask see that a function gives a coroutine."""
    if hasattr(inspect, "markcoroutinefunction"):
        inspect.markcoroutinefunction(function)
    else:
        function._is_coroutine = asyncio.coroutines._is_coroutine


class Scripts:
    """The callbacks and ducks of one program."""

    def __init__(self, program):
        """Begin without any; their steps run in the program."""
        self.program = program
        # By identity: the value itself, kept alive, and how transcripts show it.
        self.known = {}
        self.unnamed = itertools.count(1)

    def callback(self, script, name):
        """Return a host function that does what the script says."""
        label = name or f"#{next(self.unnamed)}"
        return self.remember(self.function(script, label, None), name, {"callback": {}, "as": label})

    def duck(self, duck, name):
        """Return a host object as described, of a class that may extend one of the library's."""
        label = name or f"#{next(self.unnamed)}"
        decode = self.program.decoder.decode
        base = self.program.library.find(duck["extends"]) if "extends" in duck else object
        body = {"__module__": "program"}
        for method, script in duck.get("methods", {}).items():
            body[method] = self.function(script, f"{label}.{script.get('canonical', method)}", method)
        value = type(base)("Duck", (base,), body)(*map(decode, duck.get("args", ())))
        for attribute, content in duck.get("attributes", {}).items():
            setattr(value, attribute, decode(content))
        return self.remember(value, name, {"duck": {}, "as": label})

    def remember(self, value, name, shown):
        """Make a scripted value recognisable, and live where it has a name."""
        self.known[id(value)] = (value, shown)
        if name is not None:
            self.program.handles.bind(name, value)
        return value

    def function(self, script, label, method):
        """Return a function that records its calls; as a method it takes the receiver first."""
        if script.get("async"):

            async def answer(given, args, kwargs):
                if "do" in script:
                    self.note(await awaiting(self.program.run(script["do"], observing=False)))
                return self.end(script, args, given, kwargs, method)

            # The call is recorded when it is made, as in Node: a library may take the coroutine and never await it.
            def function(*args, **kwargs):
                return answer(self.begin(label, args, kwargs, method), args, kwargs)

            mark_asynchronous(function)
        else:

            def function(*args, **kwargs):
                given = self.begin(label, args, kwargs, method)
                if "do" in script:
                    self.note(refusing(self.program.run(script["do"], observing=False)))
                return self.end(script, args, given, kwargs, method)

        function.__name__ = function.__qualname__ = method or "callback"
        return function

    def begin(self, label, args, kwargs, method):
        """Record a call in the outcome of the step that is running; return its arguments without the receiver."""
        given = args if method is None else args[1:]
        encode = self.program.encoder.encode
        # Objects are not observed here: that would enter the library while it is still calling.
        record = [encode(value, (), MAX_OBJECTS) for value in given]
        if kwargs:
            record.append(encode(kwargs, (), MAX_OBJECTS))
        if self.program.outcome is not None:
            self.program.outcome.setdefault("calls", []).append({"callback": label, "args": record})
        return given

    def note(self, run):
        """Record the outcomes of re-entrant steps."""
        outcomes, _ = run
        if self.program.outcome is not None:
            self.program.outcome.setdefault("inner", []).extend(outcomes)

    def end(self, script, args, given, kwargs, method):
        """Throw, or return what the script says."""
        if "throws" in script:
            raise THROWN[script["throws"]["kind"]](script["throws"]["message"])
        if "super" in script:
            overridden = inspect.getattr_static(type(args[0]).__mro__[1], method)
            return overridden.__get__(args[0])(*given, **kwargs)
        if "argument" in script:
            return given[script["argument"]] if script["argument"] < len(given) else None
        return self.program.decoder.decode(script.get("returns"))

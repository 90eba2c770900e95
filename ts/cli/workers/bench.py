"""The Python timer of `pairity bench`: compiles statements into loops and times them. Standard library only."""

import gc
import importlib
import importlib.util
import json
import sys
import time

TEMPLATE = """
def timed(loops):
    {setup}
    start = clock()
    for i in range(loops):
        {run}
    elapsed = clock() - start
    return elapsed, ({expect})
"""


def names_of(module):
    """Return the public names of a module, for the statements to use."""
    public = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
    return {name: getattr(module, name) for name in public}


def load_file(path):
    """Import a file by its path, under a private name."""
    spec = importlib.util.spec_from_file_location("pairity_bench_plain", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def indented(text, depth):
    """Return source text as the body of a block."""
    return ("\n" + " " * depth).join(text.splitlines()) or "pass"


def prepare(message, library, plain):
    """Compile a statement into a function that times it."""
    source = TEMPLATE.format(
        setup=indented(message["setup"], 4), run=indented(message["run"], 8), expect=message["expect"].strip()
    )
    scope = {"clock": time.perf_counter_ns, **library, **(plain if message["plain"] else {})}
    exec(compile(source, f"<{message['prepare']}>", "exec"), scope)
    return scope["timed"]


def main():
    """Answer the driver until it hangs up."""
    library, plain, statements = {}, {}, {}
    answers = sys.stdout
    sys.stdout = sys.stderr
    gc.disable()
    for line in sys.stdin:
        message = json.loads(line)
        try:
            if "load" in message:
                sys.path.insert(0, message["load"]["root"])
                module = message["load"]["module"]
                library = names_of(importlib.import_module(module))
                for name in message["load"]["submodules"]:
                    library[name] = importlib.import_module(f"{module}.{name}")
                plain = names_of(load_file(message["load"]["plain"]))
                answer = {"ready": sys.version.split()[0]}
            elif "prepare" in message:
                statements[message["prepare"]] = prepare(message, library, plain)
                answer = {"ready": message["prepare"]}
            else:
                elapsed, as_expected = statements[message["time"]](message["loops"])
                answer = (
                    {"nanoseconds": elapsed} if as_expected is True else {"failed": "its result is not as expected"}
                )
                gc.collect()
        except Exception as error:
            answer = {"failed": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


main()

"""The worker: requests in, answers out."""

import functools
import gc
import importlib.metadata
import json
import os
import platform
import select
import signal
import struct
import sys
import threading
import time

from .drive import Loop
from .faults import Malformed
from .files import Files, rest_folder
from .library import Library
from .program import Program

REQUESTS, ANSWERS, WATCHDOG, MARKS = 3, 4, 5, 6
# Seconds after which transcripts go out although the batch goes on: a process that falls takes the others with it.
PART = 0.1


class Worker:
    """One process: the library, the event loop, and the programs that are run against it."""

    def __init__(self):
        """Begin without a library; the hello names it."""
        self.hello = None
        self.library = None
        self.loop = Loop()
        self.serial = 0
        self.begin = Program

    def greet(self, hello):
        """Load the library and say what was loaded, or why not."""
        if hello.get("maxMemory"):
            limit_memory(hello["maxMemory"])
        self.hello = hello
        os.chdir(rest_folder(hello["scratch"]))
        if hello.get("mutate"):
            # Only self-tests ask for it: a worker that makes the library wrong in one known way.
            from .mutations import MutatedProgram

            self.begin = functools.partial(MutatedProgram, hello["mutate"])
        if hello["root"]:
            sys.path.insert(0, hello["root"])
        try:
            self.library = Library(hello)
        except BaseException as error:
            classes = [kind.__name__ for kind in type(error).__mro__[:-1]]
            return {"refused": {"message": str(error) or classes[0], "classes": classes}}
        # What was loaded stays: the collector need not look at it again and again.
        gc.collect()
        gc.freeze()
        return {
            "hello": {
                "runtime": f"{platform.python_implementation()} {platform.python_version()}",
                "module": hello["module"],
                "version": version(self.library),
                "artefacts": artefacts(self.library.root),
            }
        }

    def run(self, request):
        """Run a batch; return the line of its last transcripts. What took long before that has gone out."""
        # Texts, since thousands of live dicts would keep Python's collector busy.
        transcripts = []
        since = time.monotonic()
        for index, program in enumerate(request["programs"]):
            mark(request["run"], index, -1)
            self.serial += 1
            files = Files(self.hello["scratch"], self.serial, self.hello["fixtures"])
            trace = functools.partial(mark, request["run"], index) if request.get("trace") else None
            try:
                transcript = self.loop.drive(self.begin(self.library, files, trace).run(program["steps"]))[0]
            except Malformed as error:
                transcript = {"malformed": str(error)}
            transcripts.append(to_json(transcript))
            files.remove()
            if time.monotonic() - since > PART:
                send(f'{{"ran":{request["run"]},"transcripts":[{",".join(transcripts)}],"more":true}}')
                transcripts.clear()
                since = time.monotonic()
        return f'{{"ran":{request["run"]},"transcripts":[{",".join(transcripts)}]}}'


def send(line):
    """Write a line to the parent."""
    data = memoryview(line.encode() + b"\n")
    while data:
        data = data[os.write(ANSWERS, data) :]


to_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def mark(run, program, step):
    """Note what is running where the parent can read it after a death."""
    os.pwrite(MARKS, struct.pack("<iii", run, program, step), 0)


def limit_memory(size):
    """Make allocations beyond the cap fail; where the system cannot, the parent's sampling is left."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ImportError, ValueError, OSError):
        pass


def version(library):
    """Return the version the module or its distribution states."""
    stated = getattr(library.module, "__version__", None)
    if isinstance(stated, str):
        return stated
    for name in (library.root, library.root.replace("_", "-")):
        try:
            return importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return None


def artefacts(root):
    """Return the native files that the library's modules were loaded from."""
    files = (
        getattr(module, "__file__", None)
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] == root
    )
    return sorted({file for file in files if file and file.endswith((".so", ".pyd", ".dylib"))})


def end_group():
    """End this process and what it started; a worker that leads no group ends alone."""
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def watch_parent():
    """End when the parent's end of the watchdog pipe closes, whatever the library does meanwhile."""
    try:
        # A thread cannot help while the library keeps the interpreter lock: there the kernel sends the signal.
        import fcntl

        fcntl.fcntl(WATCHDOG, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(WATCHDOG, fcntl.F_SETOWN, -os.getpid() if os.getpgrp() == os.getpid() else os.getpid())
        fcntl.fcntl(WATCHDOG, fcntl.F_SETFL, fcntl.fcntl(WATCHDOG, fcntl.F_GETFL) | os.O_ASYNC)
    except (ImportError, AttributeError, OSError):
        pass
    # A thread that waits inside `read` would keep the kernel from sending the signal.
    while select.select([WATCHDOG], [], []) and os.read(WATCHDOG, 64):
        pass
    end_group()


def main():
    """Answer requests until the parent says goodbye or is gone."""
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    # Programs make many small things that live shortly.
    gc.set_threshold(10_000, 20, 20)
    threading.Thread(target=watch_parent, daemon=True).start()
    worker = Worker()
    for line in os.fdopen(REQUESTS, "rb", 1 << 16):
        request = json.loads(line)
        if "hello" in request:
            answer = to_json(worker.greet(request["hello"]))
        elif "run" in request:
            answer = worker.run(request)
        else:
            break
        send(answer)
    # The library's own threads must not keep the process.
    sys.stdout.flush()
    os._exit(0)

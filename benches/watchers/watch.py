"""One watcher in a process of its own: `python watch.py LIBRARY PATH`.

It writes `ready`, then a line for each call of the callback: the time of the monotonic clock in nanoseconds, and the
paths that it names. It ends with its input. Each library has its defaults, as its documentation shows it.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Iterable


def tell(paths: Iterable[str]) -> None:
    """Write a line for one call of the callback."""
    now = time.monotonic_ns()
    named = list(paths)
    if named:
        print(json.dumps([str(now), named]), flush=True)


def pairity(path: str) -> None:
    """Watch with pairity."""
    from pairity import HotReloader

    reloader = HotReloader()
    reloader.watch(path)
    reloader.on_change(lambda change: tell(change.paths))


def watchfiles(path: str) -> None:
    """Watch with watchfiles, whose iteration blocks its thread."""
    from watchfiles import watch

    def follow() -> None:
        for changes in watch(path):
            tell(name for _, name in changes)

    threading.Thread(target=follow, daemon=True).start()


def watchdog(path: str) -> None:
    """Watch with watchdog: whatever happens to a file, but that it is only opened or read."""
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if not event.is_directory and event.event_type not in ("opened", "closed_no_write"):
                tell(os.fsdecode(name) for name in (event.src_path, event.dest_path) if name)

    observer = Observer()
    observer.schedule(Handler(), path, recursive=True)
    observer.start()


if __name__ == "__main__":
    library, target = sys.argv[1:]
    {"pairity": pairity, "watchfiles": watchfiles, "watchdog": watchdog}[library](target)
    print("ready", flush=True)
    sys.stdin.read()
    os._exit(0)

"""What only Python has of Worker: its thread, the interpreter lock, tracebacks, garbage collection, signals."""

import gc
import subprocess
import sys
import threading
import traceback
import weakref

import pytest
from pairity import Worker, errors


def test_the_function_runs_on_one_thread_that_is_not_the_callers() -> None:
    with Worker(lambda _: threading.get_ident()) as worker:
        threads = {worker.execute(None), *worker.execute_many([1, 2])}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_what_the_function_raises_passes_through_with_its_traceback() -> None:
    class Odd(Exception):
        pass

    thrown = Odd("of the callback")

    def fail(_: object) -> None:
        raise thrown

    with pytest.raises(Odd) as caught:
        Worker(fail).execute(1)
    assert caught.value is thrown
    names = [frame.name for frame in traceback.extract_tb(thrown.__traceback__)]
    assert names[-1] == "fail"
    assert names[0].startswith("test_what_the_function_raises")


def test_a_function_that_asks_for_its_own_worker_is_refused_and_other_threads_are_not() -> None:
    worker: Worker

    def again(value: int) -> object:
        return worker.execute(value - 1) if value > 0 else "end"

    worker = Worker(again)
    with pytest.raises(errors.InvalidState, match="Worker is in use"):
        worker.execute(1)
    assert worker.execute(0) == "end"


def test_calls_of_many_threads_never_overlap() -> None:
    inside = threading.Lock()

    def enter(value: int) -> int:
        assert inside.acquire(blocking=False)
        inside.release()
        return value

    worker, results = Worker(enter), list[int]()
    threads = [
        threading.Thread(target=lambda n: results.extend(worker.execute_many([n] * 20)), args=(n,)) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == sorted(n for n in range(8) for _ in range(20))


def test_closing_refuses_the_calls_that_wait_and_lets_the_one_that_runs_end() -> None:
    running, go = threading.Event(), threading.Event()

    def wait(value: int) -> int:
        running.set()
        go.wait()
        return value

    worker, ended = Worker(wait), list[object]()
    first = threading.Thread(target=lambda: ended.append(worker.execute(1)))
    first.start()
    running.wait()
    worker.close()
    with pytest.raises(errors.InvalidState, match="Worker is closed"):
        worker.execute(2)
    go.set()
    first.join()
    assert ended == [1]


def test_a_cycle_through_the_function_is_collected() -> None:
    class Holder:
        worker: Worker

        def call(self, value: int) -> int:
            return value

    holder = Holder()
    holder.worker = Worker(holder.call)
    assert holder.worker.execute(3) == 3
    reference = weakref.ref(holder.worker)
    del holder
    gc.collect()
    assert reference() is None


def test_ctrl_c_interrupts_the_waiting() -> None:
    script = """
import os, signal, threading
from pairity import Worker
stop = threading.Event()

def call(_):
    os.kill(os.getpid(), signal.SIGINT)
    stop.wait()

worker = Worker(call)
try:
    worker.execute()
except KeyboardInterrupt:
    print("interrupted")
stop.set()
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout == "interrupted\n"


def test_the_interpreter_waits_for_a_call_that_runs_when_it_ends() -> None:
    script = """
import atexit, threading
from pairity import Worker
running, go = threading.Event(), threading.Event()

def call(_):
    running.set()
    go.wait()
    print("ended")

worker = Worker(call)
threading.Thread(target=worker.execute, daemon=True).start()
running.wait()
# Called before what was registered earlier.
atexit.register(go.set)
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("ended\n", "")

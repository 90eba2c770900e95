"""What only Python has of DataProcessor: the interpreter lock, threads, signals, forks, exceptions, keywords."""

import os
import signal
import subprocess
import sys
import threading
import traceback
import weakref
from collections.abc import Callable, Iterator

import pytest
from pairity import DataProcessor, errors

LONG = 1_000_000


@pytest.fixture
def patient() -> Iterator[None]:
    """Let a thread have the interpreter until it gives it up by itself."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    yield
    sys.setswitchinterval(interval)


class InThread(threading.Thread):
    """A thread that keeps what its function raises, started when it says so."""

    def __init__(self, body: Callable[[], object]) -> None:
        super().__init__()
        self.body = body
        self.started = threading.Event()
        self.error: BaseException | None = None
        self.start()
        self.started.wait()

    def run(self) -> None:
        self.started.set()
        try:
            self.body()
        except BaseException as error:
            self.error = error


@pytest.mark.usefixtures("patient")
def test_process_slow_keeps_the_interpreter_to_itself() -> None:
    order: list[str] = []

    def body() -> None:
        DataProcessor(2000).process_slow([0.0] * 2000)
        order.append("processed")

    thread = InThread(body)
    order.append("another thread")
    thread.join()
    assert order == ["processed", "another thread"]


@pytest.mark.usefixtures("patient")
def test_process_fast_lets_other_threads_run_which_may_cancel_it() -> None:
    processor = DataProcessor(LONG)
    thread = InThread(lambda: processor.process_fast([0.0] * 100_000))
    # Only while the work runs does this thread get the interpreter.
    assert processor.cancel() == 1
    thread.join()
    assert isinstance(thread.error, errors.Cancelled)


@pytest.mark.usefixtures("patient")
def test_process_batch_lets_other_threads_run_which_may_cancel_it() -> None:
    processor = DataProcessor(LONG)
    thread = InThread(lambda: processor.process_batch([[0.0] * 100_000] * 9))
    assert processor.cancel() == 1
    thread.join()
    assert isinstance(thread.error, errors.Cancelled)


def test_progress_is_told_on_the_calling_thread() -> None:
    threads: list[int] = []
    DataProcessor(3).process_batch([[1, 2, 3]] * 3, on_progress=lambda *_: threads.append(threading.get_ident()))
    assert threads == [threading.get_ident()] * 3


@pytest.mark.parametrize("method", ["process_slow", "process_fast", "process_batch"])
def test_what_on_progress_raises_passes_through_with_its_traceback(method: str) -> None:
    class Odd(Exception):
        pass

    thrown = Odd("of the caller")

    def on_progress(done: int, total: int) -> None:
        raise thrown

    data: list[object] = [[1.0, 2.0, 3.0]] if method == "process_batch" else [1.0, 2.0, 3.0]
    with pytest.raises(Odd) as caught:
        getattr(DataProcessor(5), method)(data, on_progress=on_progress)
    assert caught.value is thrown
    assert [frame.name for frame in traceback.extract_tb(thrown.__traceback__)][-1] == "on_progress"


def test_cancelled_is_an_exception_of_pairity_and_none_of_asyncio() -> None:
    processor = DataProcessor(1)
    with pytest.raises(errors.PairityError) as caught:
        processor.process_fast([1, 2, 3], on_progress=lambda *_: processor.cancel())
    assert type(caught.value) is errors.Cancelled
    assert isinstance(caught.value, Exception)
    assert (str(caught.value), caught.value.code) == ("The work was cancelled", "ERR_CANCELLED")


INTERRUPTED = """
import os
import signal
import threading
from pairity import DataProcessor

def say(text):
    # Not print: a signal that comes while it writes would find its buffer busy.
    os.write(1, (text + "\\n").encode())

def handler(number, frame):
    if frame.f_code.co_name == "<module>":
        raise KeyboardInterrupt
    # On its way through the callback it would be Python that is interrupted, and not the work: once more, later.
    threading.Timer(0.01, signal.raise_signal, [signal.SIGINT]).start()

def on_progress(done, total):
    if done == total // 100:
        say("working")

signal.signal(signal.SIGINT, handler)
item = [0.0] * {length}
try:
    DataProcessor({passes}).{method}({data}, on_progress=on_progress)
    say("not interrupted")
except KeyboardInterrupt:
    say("interrupted")
"""


@pytest.mark.parametrize(
    ("method", "data", "length", "passes"),
    [
        ("process_slow", "item", 20_000, LONG),
        ("process_fast", "item", 20_000, LONG),
        # One list is done at once; the others take their time.
        ("process_batch", "[[]] + [item] * 99", 100_000, LONG),
    ],
)
def test_ctrl_c_interrupts_long_work(method: str, data: str, length: int, passes: int) -> None:
    script = INTERRUPTED.format(method=method, data=data, length=length, passes=passes)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.strip() != "working":
                break
            child.send_signal(signal.SIGINT)
        child.wait()
    assert line.strip() == "interrupted"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_fork_has_threads_of_its_own() -> None:
    script = """
import os
from pairity import DataProcessor
processor = DataProcessor(1)
assert processor.process_batch([[0, 8, 0]]) == [[0, 4, 0]]
child = os.fork()
if child == 0:
    os._exit(0 if processor.process_batch([[0, 8, 0]] * 9) == [[0, 4, 0]] * 9 else 1)
assert os.waitpid(child, 0)[1] == 0
assert processor.process_batch([[0, 8, 0]]) == [[0, 4, 0]]
"""
    # Later versions warn of forks in a process that has threads.
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=True)


def test_the_interpreter_may_end_while_other_threads_work() -> None:
    script = """
import threading
from pairity import DataProcessor
processor = DataProcessor(1_000_000)
threading.Thread(target=processor.process_batch, args=([[0.0] * 100_000] * 9,), daemon=True).start()
threading.Thread(target=processor.process_fast, args=([0.0] * 100_000,), daemon=True).start()
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_keywords_have_the_names_of_the_stub() -> None:
    processor = DataProcessor(passes=1)
    assert processor.process_fast(data=(0, 8, 0), on_progress=None) == [0.0, 4.0, 0.0]
    assert processor.process_batch(batches=([0, 8, 0],)) == [[0.0, 4.0, 0.0]]
    with pytest.raises(TypeError):
        processor.process_fast([1], print)  # type: ignore[call-arg]  # on_progress is given by its name


def test_a_processor_can_be_subclassed_and_referred_to_weakly() -> None:
    class Doubled(DataProcessor):
        def process_fast(self, *args: object, **kwargs: object) -> list[float]:
            return [2 * item for item in super().process_fast(*args, **kwargs)]  # type: ignore[arg-type]  # handed on

    doubled = Doubled(1)
    assert doubled.process_fast([0, 8, 0]) == [0.0, 8.0, 0.0]
    reference = weakref.ref(doubled)
    assert reference() is doubled
    del doubled
    assert reference() is None

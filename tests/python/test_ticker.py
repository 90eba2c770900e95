"""What only Python has of Ticker: tasks of asyncio and how they are cancelled, event loops in threads, aclose."""

import asyncio
import contextlib
import gc
import threading
import weakref

import pytest
from pairity import Ticker, errors

DAY = 86_400_000


def test_a_task_that_waits_can_be_cancelled() -> None:
    async def main() -> int:
        ticker = Ticker(DAY)
        task = asyncio.ensure_future(ticker.wait())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return ticker.ticks

    assert asyncio.run(main()) == 0


def test_a_timeout_ends_the_waiting() -> None:
    async def main() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await Ticker(DAY).wait()

    asyncio.run(main())


@pytest.mark.parametrize("leave", ["close", "aclose"])
def test_closing_cancels_whoever_waits_and_ends_the_iteration(leave: str) -> None:
    async def main() -> list[int]:
        ticker = Ticker(DAY)
        waiting = [asyncio.ensure_future(ticker.wait()) for _ in range(3)]
        await asyncio.sleep(0)
        left = getattr(ticker, leave)()
        if leave == "aclose":
            await left
        for task in waiting:
            with pytest.raises(errors.Cancelled):
                await task
        return [tick async for tick in ticker]

    assert asyncio.run(main()) == []


def test_aclosing_closes_the_ticker() -> None:
    async def main() -> None:
        async with contextlib.aclosing(Ticker()) as ticker:
            async for tick in ticker:
                if tick == 3:
                    break
        with pytest.raises(errors.InvalidState):
            await ticker.wait()

    asyncio.run(main())


def test_tasks_that_wait_at_once_get_a_tick_each() -> None:
    async def main() -> list[int]:
        ticker = Ticker(0, 50)
        return await asyncio.gather(*(ticker.wait() for _ in range(50)))

    assert sorted(asyncio.run(main())) == list(range(1, 51))


def test_event_loops_of_several_threads_share_a_ticker() -> None:
    ticker, ticks = Ticker(0, 40), list[int]()

    async def main() -> None:
        async for tick in ticker:
            ticks.append(tick)

    threads = [threading.Thread(target=lambda: asyncio.run(main())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ticks) == list(range(1, 41))


def test_a_loop_may_be_closed_while_a_task_waits() -> None:
    loop = asyncio.new_event_loop()
    ticker = Ticker(DAY)
    task = loop.create_task(ticker.wait())
    loop.run_until_complete(asyncio.sleep(0))
    task.cancel()
    loop.close()
    ticker.close()
    with contextlib.suppress(asyncio.CancelledError):
        task.get_coro().close()
    assert ticker.ticks == 0


def test_a_ticker_that_nobody_holds_is_collected() -> None:
    ticker = Ticker()
    asyncio.run(ticker.wait())
    reference = weakref.ref(ticker)
    del ticker
    gc.collect()
    assert reference() is None

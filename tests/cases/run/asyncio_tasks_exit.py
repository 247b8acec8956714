"""Coroutines on the event loop: the order of tasks, queues, locks, timeouts, errors."""

import asyncio


async def work(name, delay):
    print("start", name)
    await asyncio.sleep(delay)
    print("end", name)
    return name * 2


async def fail(text):
    await asyncio.sleep(0)
    raise ValueError(text)


class Session:
    async def __aenter__(self):
        print("open")
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, kind, error, traceback):
        print("close", kind.__name__ if kind else None, error)
        return isinstance(error, KeyError)

    async def fetch(self, n: int) -> int:
        await asyncio.sleep(0)
        return n + 1


async def queues():
    queue = asyncio.Queue(2)

    async def producer():
        for i in range(4):
            await queue.put(i)
            print("put", i)
        await queue.put(None)

    async def consumer():
        while (item := await queue.get()) is not None:
            print("got", item)

    await asyncio.gather(producer(), consumer())
    print(queue.empty(), queue.qsize(), queue.full())


async def locks():
    lock = asyncio.Lock()
    limit = asyncio.Semaphore(2)
    ready = asyncio.Event()

    async def critical(n):
        async with lock:
            print("in", n)
            await asyncio.sleep(0)
            print("out", n)

    async def limited(n):
        async with limit:
            print("enter", n)
            await asyncio.sleep(0)
        print("left", n)

    async def waiter(n):
        await ready.wait()
        print("ready", n)

    await asyncio.gather(critical(1), critical(2), critical(3))
    await asyncio.gather(*[limited(n) for n in range(4)])
    tasks = [asyncio.create_task(waiter(n)) for n in range(2)]
    await asyncio.sleep(0)
    ready.set()
    await asyncio.gather(*tasks)
    print(lock.locked(), ready.is_set())


async def errors():
    try:
        await asyncio.wait_for(asyncio.sleep(10), timeout=0.01)
    except asyncio.TimeoutError:
        print("timeout")
    print(await asyncio.wait_for(work("quick", 0), 5))
    print(await asyncio.gather(fail("f"), work("z", 0), return_exceptions=True))
    try:
        await asyncio.gather(fail("first"), work("second", 0))
    except ValueError as e:
        print("gathered", e)
    task = asyncio.create_task(work("never", 10))
    await asyncio.sleep(0)
    print(task.cancel(), task.done())
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", task.cancelled(), task.done())
    task = asyncio.create_task(fail("kept"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(repr(task.exception()))
    async with Session() as session:
        print(await session.fetch(3), sum([await session.fetch(n) for n in range(3)]))
    async with Session():
        raise KeyError("swallowed")
    try:
        async with Session() as session:
            raise ValueError("kept")
    except ValueError as e:
        print("outside", e)


async def main():
    print(await work("a", 0))
    results = await asyncio.gather(work("b", 0.03), work("c", 0.01), work("d", 0))
    print(results)
    task = asyncio.create_task(work("e", 0))
    print("made", task.done())
    print(await task, task.done(), task.result())
    await queues()
    await locks()
    await errors()
    asyncio.create_task(work("left over", 10))
    await asyncio.sleep(0)
    return "done"


print(asyncio.run(main()))


async def nothing() -> int:
    return 42


print(asyncio.run(nothing()))
asyncio.run(fail("uncaught"))

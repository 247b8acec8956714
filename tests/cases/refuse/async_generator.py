"""A generator that awaits."""


async def ticks(n: int):
    for i in range(n):
        yield i  # refuse: PT201


print(type(ticks(3)).__name__)

"""A coroutine."""
import asyncio  # refuse: PT103


async def fetch(n: int) -> int:  # refuse: PT201
    await asyncio.sleep(0)
    return n


print(asyncio.run(fetch(3)))  # refuse: PT103

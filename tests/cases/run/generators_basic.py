"""Generators: laziness, infinite ones, send-free use, early stop, state."""

from typing import Iterator


def countdown(n: int) -> Iterator[int]:
    print("start", n)
    while n > 0:
        yield n
        n -= 1
    print("end")


def naturals():
    n = 0
    while True:
        yield n
        n += 1


def take(n, it):
    out = []
    for x in it:
        if len(out) == n:
            break
        out.append(x)
    return out


def fib() -> Iterator[int]:
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def evens(source: Iterator[int]) -> Iterator[int]:
    for n in source:
        if n % 2 == 0:
            yield n


def chunked(values: list[int], size: int) -> Iterator[list[int]]:
    chunk: list[int] = []
    for v in values:
        chunk.append(v)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


g = countdown(3)
print("made")
print(next(g))
print(next(g))
print(list(g))
print(next(g, "exhausted"))
try:
    next(g)
except StopIteration:
    print("stop")
print(take(5, naturals()), take(5, evens(fib())), list(chunked(list(range(7)), 3)))
print(
    sum(x * x for x in take(4, naturals())),
    max(countdown(2)),
    sorted(countdown(2)),
    2 in countdown(3),
)
for i, x in enumerate(fib()):
    if x > 50:
        print(i, x)
        break


def empty():
    return
    yield 1


def with_return(xs):
    for x in xs:
        if x < 0:
            return
        yield x * 10


print(list(empty()), list(with_return([1, 2, -1, 3])), dict(zip("abc", naturals())))
a, b, *c = countdown(4)
print(a, b, c)
it = iter(naturals())
print(it is iter(it), next(it), next(it))
print([*countdown(2)], tuple(chunked([1], 2)), ",".join(str(n) for n in countdown(2)))

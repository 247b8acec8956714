from typing import Generic, TypeVar

T = TypeVar("T")


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, x: T) -> None:
        self.items.append(x)


class Loud(Stack[int]):
    def push(self, x: int) -> None:
        print("push", x)
        super().push(x)


s = Loud()
s.push(3)
print(s.items)
import queue


class Q(queue.Queue):
    def put(self, item, block=True, timeout=None):
        print("put")
        super().put(item)


q = Q()
q.put(1)
print(q.get())
from queue import LifoQueue as LQ


class R(LQ):
    pass


r = R()
r.put(5)
print(r.get())

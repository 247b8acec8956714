"""Locks of threading in a program that has one thread."""

import threading
from threading import RLock


class Counter:
    def __init__(self):
        self._lock = threading.Lock()
        self.count = 0

    def add(self, amount):
        with self._lock:
            if amount < 0:
                raise ValueError(amount)
            self.count += amount
            return self.count


c = Counter()
print(c.add(2), c.add(3))
try:
    c.add(-1)
except ValueError as error:
    print("ValueError", error, c._lock.locked())
lock = threading.Lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(blocking=False))
lock.release()
try:
    lock.release()
except RuntimeError as error:
    print(error)
again = RLock()
with again:
    with again:
        print("twice")
try:
    again.release()
except RuntimeError as error:
    print(error)

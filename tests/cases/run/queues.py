"""The queue module in one thread: FIFO, LIFO, priority, bounds, Empty and Full."""

import queue
from queue import Empty, LifoQueue, PriorityQueue, Queue

q = Queue()
for i in range(3):
    q.put(i)
print(q.qsize(), q.empty(), q.get(), q.get(), q.qsize(), q.full())
stack = LifoQueue()
stack.put(7)
stack.put(8)
print(stack.get(), stack.get(), stack.empty())
tasks = PriorityQueue()
for job in [3, 1, 2]:
    tasks.put(job)
while not tasks.empty():
    print(tasks.get(), end=" ")
print()
bounded = queue.Queue(maxsize=1)
bounded.put(5)
try:
    bounded.put_nowait(6)
except queue.Full:
    print("full", bounded.full())
print(bounded.get(), bounded.empty())
try:
    bounded.get_nowait()
except Empty as e:
    print("empty", repr(e))

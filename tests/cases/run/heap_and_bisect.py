"""heapq and bisect: priority queues, merging, running medians, insertion points."""

import bisect
import heapq


class Job:
    def __init__(self, priority: int, name: str) -> None:
        self.priority = priority
        self.name = name

    def __lt__(self, other: "Job") -> bool:
        return self.priority < other.priority


heap: list[int] = []
for n in [5, 1, 8, 3, 2]:
    heapq.heappush(heap, n)
print(heap, heapq.heappop(heap), heap, heap[0])
xs = [9, 4, 7, 1, 8]
heapq.heapify(xs)
print(xs, heapq.heappushpop(xs, 5), heapq.heapreplace(xs, 6), xs)
print(
    heapq.nlargest(2, [3, 9, 1, 7]),
    heapq.nsmallest(2, ["bb", "a", "ccc"], key=len),
    list(heapq.merge([1, 4], [2, 3])),
)
jobs = [Job(3, "low"), Job(1, "high"), Job(2, "mid")]
heapq.heapify(jobs)
print([heapq.heappop(jobs).name for _ in range(3)])
pq: list[tuple[float, int, str]] = []
for order, (cost, name) in enumerate([(2.5, "b"), (1.0, "a"), (2.5, "a2")]):
    heapq.heappush(pq, (cost, order, name))
while pq:
    cost, order, name = heapq.heappop(pq)
    print(cost, name, end="; ")
print()
grades = [60, 70, 80, 90]
print([("F", "D", "C", "B", "A")[bisect.bisect(grades, s)] for s in (33, 99, 77, 70, 89, 90, 100)])
ys = [1, 3, 3, 5]
bisect.insort(ys, 4)
bisect.insort_left(ys, 3)
print(
    ys,
    bisect.bisect_left(ys, 3),
    bisect.bisect_right(ys, 3),
    bisect.bisect_left(ys, 99),
    bisect.bisect(ys, 0),
)


def running_median(values: list[float]) -> list[float]:
    low: list[float] = []
    high: list[float] = []
    out = []
    for v in values:
        heapq.heappush(high, -heapq.heappushpop(low, -v))
        if len(high) > len(low):
            heapq.heappush(low, -heapq.heappop(high))
        out.append(-low[0] if len(low) > len(high) else (high[0] - low[0]) / 2)
    return out


print(running_median([5, 15, 1, 3, 8.5]))
try:
    heapq.heappop([])
except IndexError as e:
    print(e)

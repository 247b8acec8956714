"""Threads that share state."""

import threading  # refuse: PT103

total = 0


def work() -> None:
    global total
    total += 1


threads = [threading.Thread(target=work) for _ in range(4)]  # refuse: PT103
for t in threads:
    t.start()
for t in threads:
    t.join()
print(total)

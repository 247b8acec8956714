"""A process of `crew`: each line of standard input is a batch, each line of output its results.

python -P -m portalis.translate.worker
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading

from portalis.translate import exchange
from portalis.translate.pipeline import Task, translate_batch


def main() -> None:
    """Works until the input ends, which ends all that runs at once."""
    # What anything else prints must not come among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    while True:
        done = translate_batch(exchange.loads_each(Task, requests.get()))
        answers.write(exchange.dumps(done).encode("ascii") + b"\n")
        answers.flush()


def _listen(requests: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        requests.put(line)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main()

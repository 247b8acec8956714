"""Many seeds: `python -m tests.simulate.run --seeds 100000 [--first 0] [--processes 2]`.

Each seed is a history by itself, so they are shared out to processes. The first that breaks an
invariant ends the run, and is printed with the command that runs it alone.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Callable, Sequence

from tests.simulate.history import History

BLOCK = 100
_TELL_S = 10.0
# A seed that broke something, and how.
Broken = tuple[int, str]


def run_block(seeds: Sequence[int], history: Callable[[int], History] = History) -> Broken | None:
    """The first seed of these that breaks something."""
    # A history's garbage is freed by counting; what is cyclic waits for the end of the block.
    gc.disable()
    try:
        for seed in seeds:
            try:
                history(seed).run()
            except BaseException:  # noqa: BLE001 - whatever ends a history is its failure
                return seed, traceback.format_exc()
    finally:
        gc.enable()
        gc.collect()
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(arguments)
    seeds = range(asked.first, asked.first + asked.seeds)
    blocks = [seeds[start : start + BLOCK] for start in range(0, len(seeds), BLOCK)]
    started = told = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
        for number, broken in enumerate(pool.imap_unordered(run_block, blocks), start=1):
            if broken is not None:
                return tell(broken)
            now = time.perf_counter()
            if now - told > _TELL_S:
                told, done = now, min(number * BLOCK, len(seeds))
                print(
                    f"{done:>8} of {len(seeds)}: {done / (now - started):.0f} seeds/s",
                    file=sys.stderr,
                )
    took = time.perf_counter() - started
    print(
        f"{asked.seeds} histories from seed {asked.first} on, none broke an invariant: "
        f"{took:.1f} s, {asked.seeds / took:.0f} seeds/s in {asked.processes} processes"
    )
    return 0


def tell(broken: Broken) -> int:
    """The exit code."""
    seed, text = broken
    print(text, file=sys.stderr)
    print(f"failing seed: {seed}", file=sys.stderr)
    print(f"alone: python -m tests.simulate.run --first {seed} --seeds 1", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

"""Many seeds: `python -m tests.simulate.run --seeds 100000 [--first 0]`."""

from __future__ import annotations

import argparse
import sys
import time
import traceback

from tests.simulate.history import History


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    started = time.perf_counter()
    for seed in range(asked.first, asked.first + asked.seeds):
        try:
            History(seed).run()
        except BaseException:  # noqa: BLE001 - whatever ends a history is its failure
            traceback.print_exc()
            print(f"failing seed: {seed}", file=sys.stderr)
            return 1
    took = time.perf_counter() - started
    print(f"{asked.seeds} histories, none broke an invariant, {took:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""From a cluster of no node to the first result, and back to none, on Ray's own autoscaler.

    python -m benchmarks.scale_to_zero [--rounds 3]

A unit is submitted that takes all eight GPUs of a node; the autoscaler (version 2) starts the
node, which is a process of this machine, and takes it away when it idles. The first round loads
everything for the first time.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics

from tests.elastic import IDLE_S, RAY_IDLE_S, isolated

COLUMNS = {
    "asked_s": "submitted → a node is asked for",
    "node_s": "→ the node is there",
    "first_s": "→ first result",
    "zero_s": "last result → no node",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    found = isolated("tests.elastic", [str(rounds)], timeout_s=120 + 60 * rounds)
    times = [each for each in found if each["step"] == "round"]
    print("| s |", " | ".join([*map(str, range(1, rounds + 1)), "median"]), "|")
    print("|---|" + "--:|" * (rounds + 1))
    for key, title in COLUMNS.items():
        row = [each[key] for each in times]
        print(f"| {title} |", " | ".join(f"{s:.1f}" for s in [*row, statistics.median(row)]), "|")
    print(
        f"\nOn {os.cpu_count()} × {platform.machine()}, at a load of {os.getloadavg()[0]:.0f}. "
        f"Nodes are given up after {IDLE_S:g} s without work; Ray takes one away that idles for "
        f"{RAY_IDLE_S:g} s."
    )


if __name__ == "__main__":
    main()

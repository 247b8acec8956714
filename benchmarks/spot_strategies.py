"""What each spot strategy costs, next to on demand only, and whether deadlines are met.

    python -m benchmarks.spot_strategies [--traces FOLDER] [--each 20]

Work of 48 hours, a deadline after 52 or 70 hours, changeovers of 3 or 12 minutes, $3.06 and
$0.97 an hour: the figures of the public benchmark of "Can't Be Late" (NSDI '24). FOLDER: its
traces of real capacity, one folder each (`data/real/ping_based/random_start_time` of
github.com/Michaelvll/skypilot-spot-strategy); `--each` of them are tried. Without it, five made
markets.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random  # noqa: TID251 - it is given its seed

from portalis.resource.spot import Market, Progress, SpotPolicy, Strategy, choose

WORK_H, DEADLINES_H, CHANGEOVERS_MIN = 48, (52, 70), (3, 12)
PRICES = {Market.IDLE: 0, Market.SPOT: 970_000, Market.ON_DEMAND: 3_060_000}
MINUTE_MS, HOUR_MIN = 60_000, 60
# Mean minutes of a made market with capacity, and without.
MADE = ((60, 60), (20, 20), (600, 600), (60, 240), (240, 60))

Trace = Sequence[bool]


def run(trace: Trace, deadline_min: int, policy: SpotPolicy) -> tuple[int, bool]:
    """Micro-dollars, and whether it is done in time; a decision a minute."""
    work_min, done, cost, changing, since = WORK_H * HOUR_MIN, 0, 0, 0, 0
    market = Market.IDLE
    for now in range(deadline_min):
        spot = trace[now]
        if now and spot != trace[now - 1]:
            since = now
        if market is Market.SPOT and not spot:
            market = Market.IDLE
        seen = Progress(
            now_ms=now * MINUTE_MS,
            start_ms=0,
            work_ms=work_min * MINUTE_MS,
            done_ms=done * MINUTE_MS,
            deadline_ms=deadline_min * MINUTE_MS,
            market=market,
            spot=spot,
            since_ms=since * MINUTE_MS,
        )
        goal = choose(seen, policy).market
        if goal is not market:
            market, changing = goal, policy.changeover_ms // MINUTE_MS
        cost += PRICES[market]
        done += market is not Market.IDLE and not changing
        changing = max(0, changing - 1)
        if done == work_min:
            return cost // HOUR_MIN, True
    return cost // HOUR_MIN, False


def real(folder: Path, each: int) -> Iterator[tuple[str, list[Trace]]]:
    for kind in sorted(path for path in folder.iterdir() if path.is_dir()):
        traces = []
        for path in sorted(kind.glob("*.json"))[:each]:
            found = json.loads(path.read_text("utf-8"))
            minutes = found["metadata"]["gap_seconds"] // 60
            # An entry says that nothing is to be had.
            traces.append([not entry for entry in found["data"] for _ in range(minutes)])
        yield kind.name, traces


def made(each: int) -> Iterator[tuple[str, list[Trace]]]:
    rng = Random(7)
    for there_min, away_min in MADE:
        traces = []
        for _ in range(each):
            spot, trace = rng.random() < there_min / (there_min + away_min), []
            for _ in range(max(DEADLINES_H) * HOUR_MIN):
                trace.append(spot)
                spot ^= rng.random() < 1 / (there_min if spot else away_min)
            traces.append(trace)
        yield f"made, {there_min} min there, {away_min} away", traces


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--traces", type=Path)
    parser.add_argument("--each", type=int, default=20)
    given = parser.parse_args()
    markets = real(given.traces, given.each) if given.traces else made(given.each)
    names = [each.value for each in Strategy]
    print("| market | deadline, changeover |", " | ".join(names), "|")
    print("|---|---|" + "--:|" * len(names))
    total, late, rows = dict.fromkeys(Strategy, 0.0), 0, 0
    for name, traces in markets:
        for deadline_h in DEADLINES_H:
            for changeover_min in CHANGEOVERS_MIN:
                share = []
                costs = {}
                for strategy in Strategy:
                    policy = SpotPolicy(
                        strategy=strategy,
                        changeover_ms=changeover_min * MINUTE_MS,
                        step_ms=MINUTE_MS,
                        lost_ms=0,
                    )
                    ran = [run(trace, deadline_h * HOUR_MIN, policy) for trace in traces]
                    late += sum(not in_time for _, in_time in ran)
                    costs[strategy] = sum(cost for cost, _ in ran)
                for strategy in Strategy:
                    share.append(costs[strategy] / costs[Strategy.ON_DEMAND_ONLY])
                    total[strategy] += share[-1]
                rows += 1
                cells = " | ".join(f"{each:.3f}" for each in share)
                print(f"| {name} | {deadline_h} h, {changeover_min} min | {cells} |", flush=True)
    cells = " | ".join(f"{total[each] / rows:.3f}" for each in Strategy)
    print(f"| mean | | {cells} |\n\n{late} deadlines were missed.")


if __name__ == "__main__":
    main()

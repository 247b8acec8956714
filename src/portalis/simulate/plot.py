"""A run as a picture: slots, what waits, and what it costs, over virtual time. SVG by hand: lines
and words need no library.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from portalis.core.money import MICRO, price_of
from portalis.simulate.simulation import Facts

WIDTH, HEIGHT = 880, 150
_LEFT, _RIGHT, _TOP, _GAP = 70, 40, 34, 46
# Steps that lie closer than this on the paper are drawn as one.
_STEPS = 1200

Points = Sequence[tuple[float, float]]


def svg(title: str, runs: Sequence[tuple[str, Facts]]) -> str:
    """The pictures of the variants, one below the other."""
    out: list[str] = []
    y = _TOP + 10.0
    for name, facts in runs:
        if name:
            out.append(_text(_LEFT, y + 4, name, size=13, bold=True))
            y += 18
        for panel in (_slots, _waiting, _cost):
            out += panel(facts, y)
            y += HEIGHT + _GAP
        y += 10
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y:.0f}" '
        f'viewBox="0 0 {WIDTH} {y:.0f}" font-family="sans-serif">'
    )
    frame = f'<rect width="{WIDTH}" height="{y:.0f}" fill="#ffffff"/>'
    return "\n".join([head, frame, _text(_LEFT, 24, title, size=16, bold=True), *out, "</svg>\n"])


def _slots(facts: Facts, y: float) -> list[str]:
    paid = [(s.at_ms, float(s.paid)) for s in facts.samples]
    spot = [(s.at_ms, float(s.spot)) for s in facts.samples]
    busy = [(s.at_ms, float(s.busy)) for s in facts.samples]
    top = max((value for _, value in paid), default=1)
    lines = [("paid for", "#7a7a7a", paid), ("working", "#1b6ca8", busy)]
    if any(value for _, value in spot):
        lines.insert(1, ("of these spot", "#d98200", spot))
    return _panel(facts, y, "slots", top, lines)


def _waiting(facts: Facts, y: float) -> list[str]:
    points = [(at, float(count)) for at, count in facts.queue]
    top = max((value for _, value in points), default=1)
    return _panel(facts, y, "units waiting", top, [("waiting", "#a8321b", points)])


def _cost(facts: Facts, y: float) -> list[str]:
    count = 240
    span = max(1, facts.ends_ms - facts.starts_ms)
    points = []
    for number in range(count + 1):
        at_ms = facts.starts_ms + span * number // count
        spent = sum(
            node.slots * price_of(node.rate_microusd_h, node.from_ms, min(node.until_ms, at_ms))
            for node in facts.nodes
            if node.from_ms < at_ms
        )
        points.append((at_ms, spent / MICRO))
    return _panel(facts, y, "dollars", points[-1][1], [("nodes, in all", "#2e7d32", points)])


def _panel(
    facts: Facts, y: float, what: str, top: float, lines: Sequence[tuple[str, str, Points]]
) -> list[str]:
    top = _round_up(top)
    span = max(1, facts.ends_ms - facts.starts_ms)
    wide = WIDTH - _LEFT - _RIGHT

    def at(point: tuple[float, float]) -> tuple[float, float]:
        x = _LEFT + wide * (point[0] - facts.starts_ms) / span
        return x, y + HEIGHT * (1 - point[1] / top)

    out = []
    for part in range(3):
        value = top * part / 2
        _, line_y = at((facts.starts_ms, value))
        out.append(_line(_LEFT, line_y, WIDTH - _RIGHT, line_y, "#dddddd"))
        out.append(_text(_LEFT - 6, line_y + 4, f"{value:g}", anchor="end"))
    for part in range(5):
        x = _LEFT + wide * part / 4
        out.append(_text(x, y + HEIGHT + 16, _clock(span * part / 4), anchor="middle"))
    x = float(_LEFT)
    for name, colour, points in lines:
        corners = _steps(points, facts, span)
        drawn = " ".join(f"{px:.1f},{py:.1f}" for px, py in map(at, corners))
        out.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="1.4"/>')
        label = f"{what}: {name}" if len(lines) > 1 else what
        out.append(_line(x, y - 10, x + 16, y - 10, colour, 2.5))
        out.append(_text(x + 22, y - 6, label))
        x += 40 + 7 * len(label)
    return out


def _steps(points: Points, facts: Facts, span: int) -> list[tuple[float, float]]:
    """A value holds until the next one; of what falls on one place of the paper, the highest and
    the last."""
    corners: list[tuple[float, float]] = []
    place, high, last = -1, 0.0, 0.0
    for at_ms, value in points:
        here = int(_STEPS * (at_ms - facts.starts_ms) / span)
        if here == place:
            high = max(high, value)
        else:
            if place >= 0:
                edge = facts.starts_ms + span * place / _STEPS
                corners += [(edge, high), (edge, last)]
            corners.append((facts.starts_ms + span * here / _STEPS, last))
            place, high = here, value
        last = value
    edge = facts.starts_ms + span * max(place, 0) / _STEPS
    return [*corners, (edge, high), (edge, last), (float(facts.ends_ms), last)]


def _round_up(value: float) -> float:
    """To a number that halves well."""
    if value <= 0:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(value))
    return next(unit * step for step in (1, 2, 4, 6, 8, 10) if unit * step >= value)


def _clock(ms: float) -> str:
    seconds = ms / 1000
    if seconds < 120:
        return f"{seconds:.3g} s"
    return f"{seconds / 60:.3g} min" if seconds < 7200 else f"{seconds / 3600:.3g} h"


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{colour}" stroke-width="{width:g}"/>'
    )


def _text(
    x: float, y: float, words: str, *, size: int = 11, bold: bool = False, anchor: str = "start"
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'fill="#222222"{weight}>{escape(words)}</text>'
    )

"""What a node costs = work + idle + overhead, to the micro-dollar."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portalis.cost.identity import NodeLife, Span, SpanKind, add_up, node_cost


@st.composite
def lives(draw: st.DrawFn) -> NodeLife:
    begin = draw(st.integers(0, 10**13))
    slots: dict[str, list[Span]] = {}
    end = begin
    for number in range(draw(st.integers(1, 4))):
        at = begin
        spans = []
        for _ in range(draw(st.integers(0, 8))):
            at += draw(st.integers(0, 10**6))
            until = at + draw(st.integers(0, 10**6))
            spans.append(Span(at, until, draw(st.sampled_from(list(SpanKind)))))
            at = until
        slots[f"slot-{number}"] = draw(st.permutations(spans))
        end = max(end, at)
    rate = draw(st.integers(0, 10**9))
    end += draw(st.integers(0, 10**6))
    return NodeLife(name="n", from_ms=begin, until_ms=end, slot_rate_microusd_h=rate, slots=slots)


@given(st.lists(lives(), max_size=3))
def test_the_identity_holds(nodes: list[NodeLife]) -> None:
    costs = [node_cost(node) for node in nodes]
    assert all(cost.holds for cost in costs)
    assert add_up(costs).holds


def test_what_overlaps_breaks_it_and_is_named() -> None:
    spans = [Span(0, 10, SpanKind.WORK, "job-1.a"), Span(5, 12, SpanKind.WORK, "job-2.b")]
    life = NodeLife(
        name="n", from_ms=0, until_ms=20, slot_rate_microusd_h=3_600_000, slots={"s": spans}
    )
    cost = node_cost(life)
    assert not cost.holds
    assert cost.broken == ("n/s: job-2.b at 5",)


def test_work_after_the_end_of_the_node_breaks_it() -> None:
    life = NodeLife(
        name="n",
        from_ms=0,
        until_ms=5,
        slot_rate_microusd_h=3_600_000,
        slots={"s": [Span(0, 10, SpanKind.WORK)]},
    )
    assert not node_cost(life).holds

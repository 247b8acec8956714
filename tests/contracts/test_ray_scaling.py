"""Ray's own autoscaler, version 2: from no node to a result, and back to none."""

from __future__ import annotations

from portalis.workload.model.retry import Cause
from tests.elastic import IDLE_S, RAY_IDLE_S, isolated


def test_a_spot_node_comes_goes_is_replaced_and_comes_back() -> None:
    """From no node to a result and back to none, by a unit that takes all eight GPUs of a node,
    as one of a model would. Then a notice: the node is drained, what does not fit the time begins
    elsewhere at no charge of a retry, nodes on demand step in while there is no spot."""
    head, round_, interruption = isolated("tests.elastic", ["1", "interrupts"], timeout_s=400)
    assert head["step"] == "head"
    assert round_["state"] == "done"
    assert len(round_["places"]) == 1
    assert 0 < round_["asked_s"] < round_["node_s"] < round_["first_s"]
    assert round_["zero_s"] > IDLE_S + RAY_IDLE_S - 1
    assert interruption["state"] == "done"
    assert interruption["once"]
    assert set(interruption["causes"]) <= {Cause.DRAINED}
    assert interruption["places"] >= 2

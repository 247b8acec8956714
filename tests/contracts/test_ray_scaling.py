"""Ray's own autoscaler, version 2: from no node to a result, and back to none."""

from __future__ import annotations

from tests.elastic import IDLE_S, RAY_IDLE_S, isolated


def test_from_no_node_to_a_result_and_back() -> None:
    """The unit takes all eight GPUs of the node, as one of a model would."""
    head, round_ = isolated("tests.elastic", ["1"], timeout_s=240)
    assert head["step"] == "head"
    assert round_["state"] == "done"
    assert len(round_["places"]) == 1
    assert 0 < round_["asked_s"] < round_["node_s"] < round_["first_s"]
    assert round_["zero_s"] > IDLE_S + RAY_IDLE_S - 1

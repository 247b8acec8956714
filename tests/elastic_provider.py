"""Ray's provider of nodes that are processes of this machine; its spot market may be empty."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ray.autoscaler._private.fake_multi_node import node_provider

# As long as this file is there no spot node is to be had.
NO_SPOT = Path("/tmp/ray/no-spot")
_base: Any = node_provider.FakeMultiNodeProvider


class Provider(_base):  # type: ignore[misc]
    """Named by the cluster's configuration."""

    def create_node_with_resources_and_labels(
        self,
        node_config: Any,  # noqa: ANN401 - Ray's
        tags: Any,  # noqa: ANN401
        count: int,
        resources: Any,  # noqa: ANN401
        labels: Any,  # noqa: ANN401
    ) -> None:
        if "spot" in tags["ray-user-node-type"] and NO_SPOT.exists():
            raise RuntimeError("InsufficientInstanceCapacity")
        super().create_node_with_resources_and_labels(node_config, tags, count, resources, labels)

"""Whether Ray takes a cluster file: its own check, of the version that is installed."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Mapping
from typing import Any


class SchemaError(Exception):
    """Ray does not take it, or is not there to say."""


def check(found: Mapping[str, Any]) -> None:
    """As `ray up` does before it does anything: defaults are filled in, then all is checked.
    Raises SchemaError."""
    try:
        # By name: who renders no cluster does without Ray, and Ray loads slowly.
        rays = importlib.import_module("ray.autoscaler._private.util")
    except ImportError as error:
        raise SchemaError(
            "cluster files are checked by Ray's own schema: pip install 'portalis[ray]'"
        ) from error
    try:
        rays.validate_config(rays.prepare_config(copy.deepcopy(dict(found))))
    except Exception as error:
        # Ray has no one type for it: ValueError, RuntimeError and its schema library's.
        why = str(error).partition("\n")[0]
        raise SchemaError(f"Ray does not take the cluster file: {why}") from error

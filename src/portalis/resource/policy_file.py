"""A text of YAML -> a `Policy`, or the first thing in it that is not enforced: with its line.

A key is enforced or refused; none is decoration. `REFUSED` says of keys that others have what
does the same here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import yaml
from pydantic import BaseModel, ValidationError

from portalis.resource.policy import Policy
from portalis.resource.policy_model import Misfit

Path = tuple[str | int, ...]
_DEEPEST: Final = 20


class PolicyError(Exception):
    """The file cannot be used: `FILE:LINE: KEY: why`."""

    def __init__(self, name: str, line: int, path: Path, why: str) -> None:
        key = ".".join(str(part) for part in path)
        super().__init__(f"{name}:{line}: {key}: {why}" if key else f"{name}:{line}: {why}")
        self.line = line


# `*`: any one part. What is written of a group holds for all that is in it.
REFUSED: Final[Mapping[str, str]] = {
    "alerts": "alerts are rules of Prometheus; who is told is Alertmanager's configuration",
    "auto_scaling": "the settings scale_nodes and scale_idle_s bound a cluster that follows its "
    "demand",
    "spot_instances": "the setting pricing_model says how nodes are paid for",
    "monitoring": "the service always exports its metrics; where to is set at the reader",
    "load_balancing": "workers take the next batch when they are free, so none has more to do "
    "than another; a silent one gets nothing, and what it had runs elsewhere",
    "priority_queues.*.autoscale_trigger": "a cluster grows by its demand: set scale_nodes",
    "priority_queues.*.name": "a queue is called by its key; write a comment",
    "gpu_allocation.*.description": "write a comment",
    "gpu_allocation.*.load_balancing": "round_robin, exclusive and spot_only always spread units, "
    "bin_packing never does",
    "multi_tenant.isolation.cpu_core_pinning": "slots are not bound to cores; max_cpu_cores "
    "bounds what a tenant has",
    "multi_tenant.isolation.network_bandwidth_limit": "units have no network at all",
    "multi_tenant.isolation.storage_quota": "`portalis storage` shows and frees what is kept",
    "multi_tenant.fair_share.min_share_percentage": "shares are equal: who used less goes first",
    "reservations.schedules.*.description": "write a comment, or a longer name",
    "gpu_memory.allocation_strategy": "a unit is given the memory of its size, no more and no less",
    "gpu_memory.dynamic.initial_fraction": "a unit is given all of its memory at once",
    "gpu_memory.dynamic.growth_factor": "memory grows only after a unit ran out of it "
    "(oom_handling.memory_increment_gb)",
    "gpu_memory.dynamic.allow_growth": "set oom_handling.retry_with_more_memory",
    "gpu_memory.pooling": "pools are the model engine's own",
}


def parse(text: str, name: str) -> Policy:
    """name: of the file, for errors. Raises PolicyError."""
    lines: dict[Path, int] = {(): 1}
    data = _read(text, name, lines)
    _refuse(data, name, lines, ())
    try:
        return Policy.model_validate(data)
    except ValidationError as error:
        raise _as_error(error, name, lines) from error


def _read(text: str, name: str, lines: dict[Path, int]) -> Any:  # noqa: ANN401 - YAML
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        return {} if node is None else _plain(loader, node, name, lines, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise PolicyError(name, line, (), f"not YAML: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise PolicyError(name, 1, (), f"not YAML: {error}") from error
    finally:
        loader.dispose()


def _plain(
    loader: yaml.SafeLoader, node: yaml.Node, name: str, lines: dict[Path, int], path: Path
) -> Any:  # noqa: ANN401 - YAML
    """The node's value; the line of each key goes into `lines`."""
    if len(path) > _DEEPEST:
        raise PolicyError(name, node.start_mark.line + 1, path[:3], "nested too deeply")
    if isinstance(node, yaml.SequenceNode):
        items = []
        for number, each in enumerate(node.value):
            lines[*path, number] = each.start_mark.line + 1
            items.append(_plain(loader, each, name, lines, (*path, number)))
        return items
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node)
    found: dict[str, Any] = {}
    for key_node, value in node.value:
        line = key_node.start_mark.line + 1
        key = loader.construct_object(key_node) if _is_scalar(key_node) else None
        if not isinstance(key, str):
            raise PolicyError(name, line, path, "a key is a word")
        inner = (*path, key)
        if key in found:
            raise PolicyError(name, line, inner, f"was given before, in line {lines[inner]}")
        lines[inner] = line
        found[key] = _plain(loader, value, name, lines, inner)
    return found


def _is_scalar(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode)


def refusal(path: Path) -> str | None:
    """Why the key is not taken, if it is one that others have."""
    for key, why in REFUSED.items():
        parts = key.split(".")
        if len(parts) == len(path) and all(
            part in ("*", str(given)) for part, given in zip(parts, path, strict=True)
        ):
            return why
    return None


def _refuse(data: Any, name: str, lines: Mapping[Path, int], path: Path) -> None:  # noqa: ANN401
    why = refusal(path)
    if why is not None:
        raise PolicyError(name, lines[path], path, f"is not enforced here: {why}")
    inner = data.items() if isinstance(data, dict) else enumerate(data) if _is_list(data) else ()
    for key, value in inner:
        _refuse(value, name, lines, (*path, key))


def _is_list(data: Any) -> bool:  # noqa: ANN401 - YAML
    return isinstance(data, list)


def _as_error(error: ValidationError, name: str, lines: Mapping[Path, int]) -> PolicyError:
    """The first of them that the file shows."""
    found = [(_path(each), each) for each in error.errors()]
    path, first = min(found, key=lambda each: _line(lines, each[0]))
    line = _line(lines, path)
    if first["type"] == "extra_forbidden":
        known = ", ".join(_keys(path[:-1]))
        return PolicyError(name, line, path, f"is no key of the policy; there are: {known}")
    why = first["msg"].removeprefix("Value error, ")
    return PolicyError(name, line, path, why[0].lower() + why[1:])


def _path(error: Any) -> Path:  # noqa: ANN401 - pydantic's
    why = error.get("ctx", {}).get("error")
    own: Path = why.path if isinstance(why, Misfit) else ()
    return (*error["loc"], *own)


def _line(lines: Mapping[Path, int], path: Path) -> int:
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _keys(path: Path) -> list[str]:
    """The keys that there are in a group."""
    model: Any = Policy
    for part in path:
        fields = model.model_fields if _is_model(model) else {}
        if part in fields:
            model = _group(fields[str(part)].annotation)
        # Else a name, or a number, of a group's own: its model stays.
    return list(model.model_fields) if _is_model(model) else []


def _group(annotation: Any) -> Any:  # noqa: ANN401 - a type
    """The model of a group, of many of them, or of none."""
    if _is_model(annotation):
        return annotation
    inner = [each for each in getattr(annotation, "__args__", ()) if _is_model(each)]
    return inner[0] if inner else None


def _is_model(found: Any) -> bool:  # noqa: ANN401 - a type
    return isinstance(found, type) and issubclass(found, BaseModel)

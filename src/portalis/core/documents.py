"""A YAML text -> a typed value. What is unknown, twice there or of another type is refused with
its file and line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

M = TypeVar("M", bound=BaseModel)


class DocumentError(Exception):
    """The text says nothing that can be used; the message says where and why."""


def parse(model: type[M], text: str, source: str) -> M:
    """The value of a text. Raises DocumentError for the first thing that is wrong."""
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        found = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise DocumentError(f"{source}:{line}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise DocumentError(f"{source}: {error}") from error
    if not isinstance(tree, yaml.MappingNode):
        raise DocumentError(f"{source}:1: keys with values are needed")
    twice = _twice(tree)
    if twice is not None:
        raise DocumentError(f"{source}:{_line(twice)}: {twice.value} stands here twice")
    try:
        return model.model_validate(found)
    except ValidationError as error:
        # A key that is misspelt is missing, too.
        first = min(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
        place = ".".join(str(part) for part in first["loc"])
        what = "there is no such key" if first["type"] == "extra_forbidden" else first["msg"]
        line = _line(_node_at(tree, first["loc"]))
        raise DocumentError(f"{source}:{line}: {place}: {what}") from error


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _twice(node: yaml.Node) -> yaml.ScalarNode | None:
    """A key that its mapping has already."""
    if isinstance(node, yaml.SequenceNode):
        return next((found for each in node.value if (found := _twice(each))), None)
    if not isinstance(node, yaml.MappingNode):
        return None
    seen = set()
    for key, value in node.value:
        if key.value in seen and isinstance(key, yaml.ScalarNode):
            return key
        seen.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
        found = _twice(value)
        if found is not None:
            return found
    return None


def _node_at(node: yaml.Node, place: Sequence[str | int]) -> yaml.Node:
    """What is nearest to the place: the key, where there is one."""
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pairs: dict[object, tuple[yaml.Node, yaml.Node]] = {
                key.value: (key, value) for key, value in node.value
            }
            if part not in pairs:
                return node
            key, value = pairs[part]
            if part == place[-1] or isinstance(value, yaml.ScalarNode):
                return key
            node = value
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
    return node

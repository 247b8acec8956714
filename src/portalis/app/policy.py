"""The policy for people: its keys and values, and the page of the documentation.

python -m portalis.app.policy > docs/policy.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from portalis.core.digest import Json
from portalis.resource.cron import Cron
from portalis.resource.policy import OPEN, Policy
from portalis.resource.policy_file import REFUSED
from portalis.resource.policy_model import PolicyModel


def rows(policy: Policy) -> list[tuple[str, Json]]:
    """Every key with its value, groups written out."""
    return list(_values(policy, ""))


def _values(value: Any, path: str) -> Iterator[tuple[str, Json]]:  # noqa: ANN401 - of any key
    if isinstance(value, PolicyModel):
        for name in type(value).model_fields:
            yield from _values(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, Mapping) and value:
        for name, each in value.items():
            yield from _values(each, f"{path}.{name}")
    elif isinstance(value, list | tuple) and value:
        for number, each in enumerate(value):
            yield from _values(each, f"{path}.{number}")
    else:
        yield path, _shown(value)


def _shown(value: Any) -> Json:  # noqa: ANN401 - of any key
    if isinstance(value, bool | int | float | str):
        return value
    if value is None or isinstance(value, Mapping | list | tuple):
        return "none"
    return value.text if isinstance(value, Cron) else str(value)


@dataclass(frozen=True, slots=True)
class Key:
    """One key, of one group or of several of one kind. name: `*` stands for any name or number,
    braces for each of what they hold. defaults: of each of the groups."""

    name: str
    field: FieldInfo
    paths: tuple[str, ...]
    defaults: tuple[str, ...]


def keys() -> list[Key]:
    """Every key of the model that has a value."""
    usual = dict(rows(OPEN))
    found: dict[tuple[int, str], tuple[list[str], FieldInfo]] = {}
    for path, owner, field in _fields(Policy, ()):
        own = tuple(part for part in path if part != "*")[-1]
        found.setdefault((id(owner), own), ([], field))[0].append(".".join(path))
    return [
        Key(
            _together(paths),
            field,
            tuple(paths),
            tuple(dict.fromkeys(_default(field, usual.get(path)) for path in paths)),
        )
        for paths, field in found.values()
    ]


def _fields(
    model: type[PolicyModel], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], type[PolicyModel], FieldInfo]]:
    for name, field in model.model_fields.items():
        group, star = _group(field.annotation)
        if group is None:
            yield (*path, name, *(("*",) if star else ())), model, field
        else:
            yield from _fields(group, (*path, name, *(("*",) if star else ())))


def _group(annotation: Any) -> tuple[type[PolicyModel] | None, bool]:  # noqa: ANN401 - a type
    """The group that a key holds, and whether it holds many of them by name or number."""
    if isinstance(annotation, type) and issubclass(annotation, PolicyModel):
        return annotation, False
    if get_origin(annotation) in (Mapping, Sequence):
        inner = get_args(annotation)[-1]
        is_group = isinstance(inner, type) and issubclass(inner, PolicyModel)
        return (inner if is_group else None), True
    return None, False


def _together(paths: list[str]) -> str:
    split = [path.split(".") for path in paths]
    return ".".join(
        parts[0] if len(set(parts)) == 1 else "{" + ",".join(parts) + "}"
        for parts in zip(*split, strict=True)
    )


_HEAD: Final = """\
# The policy

Generated from `src/portalis/resource/policy.py` and `src/portalis/resource/policy_file.py`; a
test compares. The file that ships is `config/resource_allocation.yaml`; the setting `policy`
(`PORTALIS_POLICY`) names another one, `portalis config show` says which is in force, and
`portalis config policy FILE` checks one. A service reads it when it starts.

Each key is enforced, with a test (`tests/house/test_policy_keys.py` says which), or refused when
the file is read, as `FILE:LINE: KEY: why`. So are keys that are not known, are given twice, have
another type, or contradict each other. A key that is not given means its default.

Rules come first: what the deterministic engine translates takes slots of the CPU, never a GPU.
GPUs are for units that need the model engine, and a cluster without any runs everything else.

The scheduler enforces the rules of GPUs and of spot nodes by what the executor says it has. On a
Ray cluster that are the GPUs of nodes whose type Ray knows, and the slots of nodes with the label
`ray.io/market-type: spot`; what is for spot nodes, or was given GPUs, runs there and nowhere else.
Where no node has such a label, and on one machine, a spot-only queue runs on any node. One machine
says that it has no GPU: the workers have no engine that would use it yet.

## Keys

| key | value | default | meaning |
| --- | --- | --- | --- |
"""
_REFUSED: Final = """
## Keys of other systems that are refused

| key | why, or what does it here |
| --- | --- |
"""


def document() -> str:
    """The page of the documentation."""
    known = "".join(
        f"| `{key.name}` | {_type(key.field)} | {', '.join(key.defaults)} "
        f"| {_meaning(key.field)} |\n"
        for key in keys()
    )
    refused = "".join(f"| `{key}` | {why} |\n" for key, why in REFUSED.items())
    return _HEAD + known + _REFUSED + refused


def _meaning(field: FieldInfo) -> str:
    return " ".join((field.description or "").split())


_TYPES: Final = {
    bool: "true, false",
    int: "number",
    float: "number",
    str: "text",
    Cron: "cron",
    type(None): "",
}


def _type(field: FieldInfo) -> str:
    return ", ".join(dict.fromkeys(filter(None, _words(field.annotation))))


def _words(annotation: Any) -> Iterator[str]:  # noqa: ANN401 - a type
    if get_origin(annotation) is Literal:
        yield from (f"`{_yaml(each)}`" for each in get_args(annotation))
    elif get_origin(annotation) is Mapping:
        yield from _words(get_args(annotation)[-1])
    elif annotation in _TYPES:
        yield _TYPES[annotation]
    elif inner := get_args(annotation):
        for each in inner:
            if isinstance(each, type) or get_args(each):
                yield from _words(each)
    else:
        yield "number"


def _default(field: FieldInfo, usual: Json) -> str:
    if field.is_required():
        return "must be given"
    found = field.default if usual is None else usual
    return "none" if found in (None, "none", {}, ()) else f"`{_yaml(found)}`"


def _yaml(value: Any) -> str:  # noqa: ANN401 - of any key
    return str(value).lower() if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    sys.stdout.write(document())

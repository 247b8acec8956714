"""A YAML text -> a typed value, or the first thing in it that cannot be meant, with its file and
line: a key that is unknown, given twice, of another type, or does not go with others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]
_DEEPEST: Final = 20


class DocumentError(Exception):
    """The text cannot be used: `FILE:LINE: KEY: why`."""

    def __init__(self, source: str, line: int, path: Path, why: str) -> None:
        key = ".".join(str(part) for part in path)
        super().__init__(f"{source}:{line}: {key}: {why}" if key else f"{source}:{line}: {why}")
        self.line = line


class Misfit(ValueError):  # noqa: N818 - says it
    """Raised by a model of keys that do not go together. path: of the one to change, from the
    group that says so."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(why)
        self.path = path


def parse(
    model: type[M], text: str, source: str, refusal: Callable[[Path], str | None] = lambda _: None
) -> M:
    """source: of the text, for errors. refusal: why a key is not taken. Raises DocumentError."""
    lines: dict[Path, int] = {(): 1}
    found = _read(text, source, lines)
    _refuse(found, source, lines, (), refusal)
    try:
        return model.model_validate(found)
    except ValidationError as error:
        raise _as_error(error, model, source, lines) from error


def _read(text: str, source: str, lines: dict[Path, int]) -> Any:  # noqa: ANN401 - YAML
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        return {} if node is None else _plain(loader, node, source, lines, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        why = f"not YAML: {error.problem or error.context}"
        raise DocumentError(source, line, (), why) from error
    except yaml.YAMLError as error:
        raise DocumentError(source, 1, (), f"not YAML: {error}") from error
    finally:
        loader.dispose()


def _plain(
    loader: yaml.SafeLoader, node: yaml.Node, source: str, lines: dict[Path, int], path: Path
) -> Any:  # noqa: ANN401 - YAML
    """The node's value; the line of each key goes into `lines`."""
    if len(path) > _DEEPEST:
        raise DocumentError(source, node.start_mark.line + 1, path[:3], "nested too deeply")
    if isinstance(node, yaml.SequenceNode):
        items = []
        for number, each in enumerate(node.value):
            lines[*path, number] = each.start_mark.line + 1
            items.append(_plain(loader, each, source, lines, (*path, number)))
        return items
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node)
    found: dict[str, Any] = {}
    for key_node, value in node.value:
        line = key_node.start_mark.line + 1
        is_scalar = isinstance(key_node, yaml.ScalarNode)
        key = loader.construct_object(key_node) if is_scalar else None
        if not isinstance(key, str):
            raise DocumentError(source, line, path, "a key is a word")
        inner = (*path, key)
        if key in found:
            raise DocumentError(source, line, inner, f"was given before, in line {lines[inner]}")
        lines[inner] = line
        found[key] = _plain(loader, value, source, lines, inner)
    return found


def _refuse(
    found: Any,  # noqa: ANN401 - YAML
    source: str,
    lines: Mapping[Path, int],
    path: Path,
    refusal: Callable[[Path], str | None],
) -> None:
    why = refusal(path)
    if why is not None:
        raise DocumentError(source, lines[path], path, why)
    is_list = isinstance(found, list)
    inner = found.items() if isinstance(found, dict) else enumerate(found) if is_list else ()
    for key, value in inner:
        _refuse(value, source, lines, (*path, key), refusal)


def _as_error(
    error: ValidationError, model: type[BaseModel], source: str, lines: Mapping[Path, int]
) -> DocumentError:
    """The first of them that the text shows; but a key that is misspelt is missing, too."""
    found = [(_path(each), each) for each in error.errors()]
    path, first = min(
        found, key=lambda each: (each[1]["type"] != "extra_forbidden", _line(lines, each[0]))
    )
    line = _line(lines, path)
    if first["type"] == "extra_forbidden":
        known = ", ".join(_keys(model, path[:-1]))
        return DocumentError(source, line, path, f"is no key here; there are: {known}")
    why = first["msg"].removeprefix("Value error, ")
    return DocumentError(source, line, path, why[0].lower() + why[1:])


def _path(error: Any) -> Path:  # noqa: ANN401 - pydantic's
    why = error.get("ctx", {}).get("error")
    own: Path = why.path if isinstance(why, Misfit) else ()
    return (*error["loc"], *own)


def _line(lines: Mapping[Path, int], path: Path) -> int:
    """Of what is there nearest to the path."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _keys(model: Any, path: Path) -> list[str]:  # noqa: ANN401 - a type
    """The keys that there are in a group."""
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

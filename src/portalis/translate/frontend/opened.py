"""Where code opens files, as far as it says which kind: text or binary, and how lines end."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from portalis.core import trees

_PARAMETERS = ("file", "mode", "buffering", "encoding", "errors", "newline")
# `newline` as the runtime numbers it.
_NEWLINES: dict[str | None, int] = {None: 0, "": 1, "\n": 2}


@dataclass(frozen=True, slots=True)
class Opening:
    """A call of `open`: the class of what it gives, and the arguments of that class."""

    made: str
    arguments: tuple[ast.expr, ...]


def may_open(nodes: trees.Index) -> bool:
    """Whether some call may be one of `open`."""
    return any(_is_open(node.func) for node in nodes.every(ast.Call))


def _is_open(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == "open") or (
        isinstance(node, ast.Attribute) and ast.unparse(node) == "io.open"
    )


def opening(call: ast.Call) -> Opening | None:
    """None: a call whose meaning its text does not say."""
    given = _arguments(call)
    if given is None or "file" not in given:
        return None
    mode = _constant(given.get("mode", ast.Constant("r")))
    buffering = _constant(given.get("buffering", ast.Constant(-1)))
    if not isinstance(mode, str) or not _is_mode(mode) or type(buffering) is not int:
        return None
    shown = ast.Constant(mode)
    if "b" in mode:
        if buffering == 0 or given.keys() & {"encoding", "errors", "newline"}:
            return None
        return Opening(_binary(mode), (given["file"], shown))
    newline = _constant(given.get("newline", ast.Constant(None)))
    if buffering == 0 or not (newline is None or isinstance(newline, str)):
        return None
    if newline not in _NEWLINES:
        return None
    texts = [given.get(name, ast.Constant(None)) for name in ("encoding", "errors")]
    number = ast.Constant(_NEWLINES[newline])
    return Opening("TextIOWrapper", (given["file"], shown, *texts, number))


def _arguments(call: ast.Call) -> dict[str, ast.expr] | None:
    if any(isinstance(a, ast.Starred) for a in call.args) or len(call.args) > len(_PARAMETERS):
        return None
    given = dict(zip(_PARAMETERS, call.args, strict=False))
    for keyword in call.keywords:
        if keyword.arg not in _PARAMETERS or keyword.arg in given:
            return None
        given[keyword.arg] = keyword.value
    return given


_ABSENT = object()


def _constant(node: ast.expr) -> object:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _constant(node.operand)
        return -inner if isinstance(inner, int) else _ABSENT
    return node.value if isinstance(node, ast.Constant) else _ABSENT


def _is_mode(mode: str) -> bool:
    kinds = [c for c in mode if c in "rwax"]
    rest = [c for c in mode if c not in "rwax"]
    return len(kinds) == 1 and len(set(mode)) == len(mode) and set(rest) in _RESTS


_RESTS = tuple(set(text) for text in ("", "+", "b", "t", "b+", "t+"))


def _binary(mode: str) -> str:
    if "+" in mode:
        return "BufferedRandom"
    return "BufferedReader" if "r" in mode else "BufferedWriter"

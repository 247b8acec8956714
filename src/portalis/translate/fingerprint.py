"""The structure of functions as short signatures: source -> a print a function.

Two functions have near signatures where most of their syntax trees' parts are the same, but
for the names that they give themselves, their constants and their docstrings.

    function -> its subtrees, normalised and hashed (Baxter et al. 1998, "Clone detection using
    abstract syntax trees") -> a set -> 64 minima under one permutation of the hashes (MinHash:
    Broder 1997; in bins: Li, Owen and Zhang 2012; empty bins filled by rotation: Shrivastava
    and Li 2014)

The part of equal minima estimates the Jaccard similarity of the sets: the standard error is at
most 1/16. It depends on nothing but the source and Python's grammar.
"""

from __future__ import annotations

import ast
import hashlib
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

MINIMA: Final = 64
# Signatures that agree in all of a band's minima are looked at: of functions that are 0.7
# similar 99 in 100 do in one of the bands, of those that are 0.3 similar 12 in 100.
BANDS: Final = 16
# Functions with fewer parts are like too many others.
MIN_PARTS: Final = 12
_ROWS: Final = MINIMA // BANDS
_VALUE_BITS: Final = 32
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Print:
    """name: qualified within the file. line: of the `def`, or of the first decorator.
    parts: how many subtrees it has."""

    name: str
    line: int
    end_line: int
    parts: int
    signature: tuple[int, ...]


def prints_of(source: str | bytes) -> list[Print]:
    """Of the functions and methods that are large enough, in the order of the file. Raises
    SyntaxError, ValueError, RecursionError for what Python does not parse."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(source)
    found = []
    for name, node in _functions(tree, ""):
        parts = _parts(node)
        if len(parts) >= MIN_PARTS:
            first = min((d.lineno for d in node.decorator_list), default=node.lineno)
            end = node.end_lineno or node.lineno
            found.append(Print(name, first, end, len(parts), _signature(parts)))
    return found


def similarity(one: Sequence[int], two: Sequence[int]) -> float:
    """Of two signatures: 0 to 1."""
    return sum(a == b for a, b in zip(one, two, strict=True)) / MINIMA


def bands(signature: Sequence[int]) -> list[int]:
    """A number below 2**63 a band: signatures that share one may be near."""
    return [
        _hash(repr((start, tuple(signature[start : start + _ROWS])))) >> 1
        for start in range(0, MINIMA, _ROWS)
    ]


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _FUNCTIONS):
            yield f"{prefix}{child.name}", child
            yield from _functions(child, f"{prefix}{child.name}.<locals>.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        else:
            yield from _functions(child, prefix)


def _parts(function: Function) -> set[int]:
    """The hashes of its subtrees; the same one twice is two."""
    seen: Counter[int] = Counter()
    own = _own_names(function)
    body = function.body
    if ast.get_docstring(function, clean=False) is not None:
        body = body[1:]
    _digest(ast.Module(body=body, type_ignores=[]), own, seen)
    _digest(function.args, own, seen)
    found: set[int] = set()
    for part, count in seen.items():
        found.update(_hash(f"{part} {again}") for again in range(count))
    return found


def _own_names(function: Function) -> frozenset[str]:
    """Names that are bound in it; they may be any others as well."""
    names = {function.name}
    for node in ast.walk(function):
        if isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            names.add(node.name)
    return frozenset(names)


def _digest(node: ast.AST, own: frozenset[str], seen: Counter[int]) -> int:
    label = [type(node).__name__]
    if isinstance(node, ast.Constant):
        label.append(type(node.value).__name__)
    else:
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.AST):
                if not isinstance(value, ast.expr_context):
                    label.append(f"{name} {_digest(value, own, seen)}")
            elif isinstance(value, list):
                label += [f"{name} {_item(each, own, seen)}" for each in value]
            elif isinstance(value, str):
                label.append("own" if value in own else value)
            elif value is not None:
                label.append(str(value))
    found = _hash(" ".join(label))
    seen[found] += 1
    return found


def _item(value: object, own: frozenset[str], seen: Counter[int]) -> str:
    if isinstance(value, ast.AST):
        return str(_digest(value, own, seen))
    return "own" if value in own else str(value)


def _signature(parts: set[int]) -> tuple[int, ...]:
    minima: list[int | None] = [None] * MINIMA
    for part in parts:
        place, value = part % MINIMA, (part // MINIMA) & ((1 << _VALUE_BITS) - 1)
        least = minima[place]
        if least is None or value < least:
            minima[place] = value
    return tuple(_filled(minima, place) for place in range(MINIMA))


def _filled(minima: Sequence[int | None], place: int) -> int:
    """The bin's own minimum, or that of the next that has one, marked by its distance."""
    for distance in range(MINIMA):
        value = minima[(place + distance) % MINIMA]
        if value is not None:
            return value if not distance else (value + distance * 0x9E37_79B1) & 0xFFFF_FFFF
    return 0


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())

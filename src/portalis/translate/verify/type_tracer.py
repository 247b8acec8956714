"""Runs inside the sandbox as `sitecustomize`: every Python process of a command notes with
which types the functions of the project were called.

Where `PORTALIS_TYPES` names a folder, each process leaves one JSON file there when it ends:
`file:qualified name` -> parameter -> the types seen. A type is a list: its name, then for each
of a container's arguments the list of the types seen there. Classes of the project are named
`file:qualified name`; `?` is any other type. Standard library only: this file is copied into
the sandbox and imports nothing of portalis.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import threading
import types
from collections import deque
from collections.abc import Iterable
from typing import Any

# Calls of one function that are looked at, elements of one container, depth of nesting.
MAX_CALLS = 200
MAX_ITEMS = 20
MAX_DEPTH = 3
# Longer tuples are noted as sequences.
MAX_TUPLE = 8

_RESUMABLE = 0x20 | 0x80 | 0x200  # inspect.CO_GENERATOR, CO_COROUTINE, CO_ASYNC_GENERATOR
_PLAIN: dict[type, str] = {t: t.__name__ for t in (bool, int, float, complex, str, bytes, range)}
_ITEMS: dict[type, str] = {list: "list", set: "set", frozenset: "frozenset", deque: "deque"}

Seen = list[Any]


class TypeTracer:
    """The types seen, by code object."""

    def __init__(self, root: str) -> None:
        self.root = root
        # Of functions that are not the project's: None.
        self.seen: dict[types.CodeType, list[dict[str, Seen]] | None] = {}
        self.started: dict[types.CodeType, int] = {}

    def profile(self, frame: types.FrameType, event: str, _arg: object) -> None:
        if event != "call":
            return
        code = frame.f_code
        calls = self.seen.get(code, ...)
        if calls is ...:
            mine = code.co_filename.startswith(self.root) and code.co_name != "<module>"
            calls = self.seen[code] = [] if mine else None
        if calls is None or len(calls) >= MAX_CALLS:
            return
        if code.co_flags & _RESUMABLE and code.co_code[frame.f_lasti + 1] & 3:
            return  # resumed, not called: its parameters may be something else by now
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        found = frame.f_locals
        calls.append({n: self.describe(found[n], 0) for n in names if n in found})

    def describe(self, value: object, depth: int) -> Seen:
        cls = type(value)
        if value is None or cls in _PLAIN:
            return [_PLAIN.get(cls, "None")]
        if depth >= MAX_DEPTH:
            return ["?"]
        if cls in _ITEMS:
            assert isinstance(value, Iterable)
            return [_ITEMS[cls], self.several(value, depth)]
        if cls is dict:
            assert isinstance(value, dict)
            return ["dict", self.several(value, depth), self.several(value.values(), depth)]
        if cls is tuple:
            assert isinstance(value, tuple)
            if len(value) <= MAX_TUPLE:
                return ["tuple", *([self.describe(v, depth + 1)] for v in value)]
            return ["vartuple", self.several(value, depth)]
        module = sys.modules.get(cls.__module__)
        file = str(getattr(module, "__file__", None) or "")
        if not file.startswith(self.root):
            return ["?"]
        return [f"{file[len(self.root) :]}:{cls.__qualname__}"]

    def several(self, values: Iterable[object], depth: int) -> list[Seen]:
        found: list[Seen] = []
        for _, value in zip(range(MAX_ITEMS), values, strict=False):
            ty = self.describe(value, depth + 1)
            if ty not in found:
                found.append(ty)
        return found

    def result(self) -> dict[str, dict[str, list[Seen]]]:
        out: dict[str, dict[str, list[Seen]]] = {}
        for code, calls in self.seen.items():
            if calls:
                name = f"{code.co_filename[len(self.root) :]}:{code.co_qualname}"
                params = out.setdefault(name, {})
                for call in calls:
                    for param, ty in call.items():
                        known = params.setdefault(param, [])
                        if ty not in known:
                            known.append(ty)
        return out


def start(folder: str) -> None:
    tracer = TypeTracer(f"{os.path.dirname(folder)}/")  # noqa: PTH120

    def write() -> None:
        sys.setprofile(None)
        threading.setprofile(None)
        with open(f"{folder}/types-{os.getpid()}.json", "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump(tracer.result(), file)

    atexit.register(write)
    threading.setprofile(tracer.profile)
    sys.setprofile(tracer.profile)


if "PORTALIS_TYPES" in os.environ:
    start(os.environ["PORTALIS_TYPES"])

"""Nested values over several lines, as wide as a line may be."""

from __future__ import annotations

import re
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from typing import Any


def pprint(
    object: Any, stream: Any = None, indent: int = 1, width: int = 80, depth: int | None = None, *,
    compact: bool = False, sort_dicts: bool = True, underscore_numbers: bool = False,
) -> None:  # fmt: skip
    printer = PrettyPrinter(
        indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts,
        underscore_numbers=underscore_numbers,
    )  # fmt: skip
    printer.pprint(object)


def pformat(
    object: Any, indent: int = 1, width: int = 80, depth: int | None = None, *,
    compact: bool = False, sort_dicts: bool = True, underscore_numbers: bool = False,
) -> str:  # fmt: skip
    printer = PrettyPrinter(
        indent, width, depth, None, compact=compact, sort_dicts=sort_dicts,
        underscore_numbers=underscore_numbers,
    )  # fmt: skip
    return printer.pformat(object)


def pp(
    object: Any, stream: Any = None, indent: int = 1, width: int = 80, depth: int | None = None, *,
    compact: bool = False, sort_dicts: bool = False, underscore_numbers: bool = False,
) -> None:  # fmt: skip
    printer = PrettyPrinter(
        indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts,
        underscore_numbers=underscore_numbers,
    )  # fmt: skip
    printer.pprint(object)


def saferepr(object: Any) -> str:
    return PrettyPrinter()._repr(object, {}, 0, None)


class _Orderable:
    """Sorts values that cannot be compared by the names of their types, then by identity."""

    def __init__(self, obj: Any) -> None:
        self.obj = obj

    def __lt__(self, other: _Orderable) -> bool:
        return _is_less(self.obj, other.obj)


class _OrderableItem:
    def __init__(self, item: Any) -> None:
        self.key = item[0]
        self.value = item[1]

    def __lt__(self, other: _OrderableItem) -> bool:
        # Tuples compare the first parts that are not equal; wrapped ones are equal if identical.
        if self.key is not other.key:
            return _is_less(self.key, other.key)
        return _is_less(self.value, other.value)


def _is_less(a: Any, b: Any) -> bool:
    try:
        return bool(a < b)
    except TypeError:
        return (str(type(a)), id(a)) < (str(type(b)), id(b))


def _items(object: Any, sort_dicts: bool) -> list[Any]:
    items: list[Any] = list(object.items())
    return sorted(items, key=_OrderableItem) if sort_dicts else items


class PrettyPrinter:
    def __init__(
        self, indent: int = 1, width: int = 80, depth: int | None = None, stream: Any = None, *,
        compact: bool = False, sort_dicts: bool = True, underscore_numbers: bool = False,
    ) -> None:  # fmt: skip
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._depth = depth
        self._step = indent
        self._width = width
        self._stream = stream
        self._compact = compact
        self._sort_dicts = sort_dicts
        self._underscores = underscore_numbers
        self._pieces: list[str] = []

    def pformat(self, object: Any) -> str:
        self._pieces = []
        self._format(object, 0, 0, {}, 0)
        return "".join(self._pieces)

    def pprint(self, object: Any) -> None:
        text = self.pformat(object)
        if self._stream is None:
            sys.stdout.write(text + "\n")
            return
        for piece in self._pieces:
            self._stream.write(piece)
        self._stream.write("\n")

    def _write(self, text: str) -> None:
        self._pieces.append(text)

    def _format(
        self, object: Any, indent: int, allowance: int, context: dict[int, int], level: int
    ) -> None:
        me = id(object)
        if me in context:
            self._write(_recursion(object))
            return
        rep = self._repr(object, context, level, self._depth)
        if len(rep) <= self._width - indent - allowance or not _is_laid_out(object, rep):
            self._write(rep)
            return
        context[me] = 1
        self._lay_out(object, rep, indent, allowance, context, level + 1)
        del context[me]

    def _lay_out(
        self, object: Any, rep: str, indent: int, allowance: int, context: dict[int, int],
        level: int,
    ) -> None:  # fmt: skip
        if isinstance(object, str):
            self._text(object, rep, indent, allowance, level)
        elif isinstance(object, bytes):
            self._bytes(object, indent, allowance, level)
        elif isinstance(object, bytearray):
            self._write("bytearray(")
            self._bytes(bytes(object), indent + 10, allowance + 1, level + 1)
            self._write(")")
        elif isinstance(object, list):
            self._write("[")
            self._sequence(object, indent, allowance + 1, context, level)
            self._write("]")
        elif isinstance(object, tuple):
            end = ",)" if len(object) == 1 else ")"
            self._write("(")
            self._sequence(object, indent, allowance + len(end), context, level)
            self._write(end)
        elif isinstance(object, frozenset):
            self._write("frozenset({")
            items = sorted(object, key=_Orderable)
            self._sequence(items, indent + 10, allowance + 2, context, level)
            self._write("})")
        elif isinstance(object, set):
            self._write("{")
            items = sorted(object, key=_Orderable)
            self._sequence(items, indent, allowance + 1, context, level)
            self._write("}")
        elif isinstance(object, deque):
            self._write("deque([")
            if object.maxlen is None:
                self._sequence(list(object), indent + 6, allowance + 2, context, level)
                self._write("])")
            else:
                self._sequence(list(object), indent + 6, 2, context, level)
                self._write(f"],\n{' ' * (indent + 6)}maxlen={object.maxlen})")
        elif isinstance(object, Counter):
            self._write("Counter({")
            if self._step > 1:
                self._write((self._step - 1) * " ")
            self._entries(object.most_common(), indent + 8, allowance + 2, context, level)
            self._write("})")
        elif isinstance(object, OrderedDict):
            self._write("OrderedDict(")
            self._format(list(object.items()), indent + 12, allowance + 1, context, level)
            self._write(")")
        elif isinstance(object, defaultdict):
            factory = rep.partition(", {")[0].removeprefix("defaultdict(")
            self._write(f"defaultdict({factory},\n{' ' * (indent + 12)}")
            self._dict(object, indent + 12, allowance + 1, context, level)
            self._write(")")
        else:
            self._dict(object, indent, allowance, context, level)

    def _dict(
        self, object: Any, indent: int, allowance: int, context: dict[int, int], level: int
    ) -> None:
        self._write("{")
        if self._step > 1:
            self._write((self._step - 1) * " ")
        if len(object):
            items = _items(object, self._sort_dicts)
            self._entries(items, indent, allowance + 1, context, level)
        self._write("}")

    def _entries(
        self, items: Any, indent: int, allowance: int, context: dict[int, int], level: int
    ) -> None:
        indent += self._step
        last = len(items) - 1
        at = 0
        for key, value in items:
            rep = self._repr(key, context, level, self._depth)
            self._write(rep)
            self._write(": ")
            room = allowance if at == last else 1
            self._format(value, indent + len(rep) + 2, room, context, level)
            if at != last:
                self._write(",\n" + " " * indent)
            at += 1

    def _sequence(
        self, items: Any, indent: int, allowance: int, context: dict[int, int], level: int
    ) -> None:
        indent += self._step
        if self._step > 1:
            self._write((self._step - 1) * " ")
        newline = ",\n" + " " * indent
        between = ""
        most = self._width - indent + 1
        left = most
        last = len(items) - 1
        at = 0
        for item in items:
            if at == last:
                most -= allowance
                left -= allowance
            if self._compact:
                rep = self._repr(item, context, level, self._depth)
                need = len(rep) + 2
                if left < need:
                    left = most
                    if between:
                        between = newline
                if left >= need:
                    left -= need
                    self._write(between)
                    between = ", "
                    self._write(rep)
                    at += 1
                    continue
            self._write(between)
            between = newline
            self._format(item, indent, allowance if at == last else 1, context, level)
            at += 1

    def _text(self, text: str, rep: str, indent: int, allowance: int, level: int) -> None:
        lines = text.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        chunks: list[str] = []
        room = self._width - indent
        for i, line in enumerate(lines):
            is_end = i == len(lines) - 1
            rep = repr(line)
            if len(rep) <= (room - allowance if is_end else room):
                chunks.append(rep)
                continue
            parts = [found for found in re.findall(r"\S*\s*", line) if found]
            current = ""
            for j, part in enumerate(parts):
                candidate = current + part
                here = room - allowance if is_end and j == len(parts) - 1 else room
                if len(repr(candidate)) > here:
                    if current:
                        chunks.append(repr(current))
                    current = part
                else:
                    current = candidate
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            self._write(rep)
            return
        if level == 1:
            self._write("(")
        for i, chunk in enumerate(chunks):
            if i > 0:
                self._write("\n" + " " * indent)
            self._write(chunk)
        if level == 1:
            self._write(")")

    def _bytes(self, value: bytes, indent: int, allowance: int, level: int) -> None:
        if len(value) <= 4:
            self._write(repr(value))
            return
        if level == 1:
            indent += 1
            allowance += 1
            self._write("(")
        between = ""
        for rep in _wrapped(value, self._width - indent, allowance):
            self._write(between)
            self._write(rep)
            between = "\n" + " " * indent
        if level == 1:
            self._write(")")

    def _repr(self, object: Any, context: dict[int, int], level: int, depth: int | None) -> str:
        """The value on one line: dictionaries sorted, nothing deeper than `depth`."""
        if type(object) is int and self._underscores:
            return f"{object:_d}"
        is_dict = type(object) is dict
        if not is_dict and type(object) is not list and type(object) is not tuple:
            return repr(object)
        if is_dict:
            form = "{%s}"
        elif isinstance(object, list):
            form = "[%s]"
        else:
            form = "(%s,)" if len(object) == 1 else "(%s)"
        if not len(object):
            return form % ""
        if depth is not None and level >= depth:
            return form % "..."
        me = id(object)
        if me in context:
            return _recursion(object)
        inner = {**context, me: 1}
        parts: list[str] = []
        if is_dict:
            for key, value in _items(object, self._sort_dicts):
                shown = self._repr(key, inner, level + 1, depth)
                parts.append(f"{shown}: {self._repr(value, inner, level + 1, depth)}")
        else:
            for item in object:
                parts.append(self._repr(item, inner, level + 1, depth))
        return form % ", ".join(parts)


def _is_laid_out(object: Any, rep: str) -> bool:
    """Whether a value that is too wide goes over several lines: containers and texts that have
    the representation of their type."""
    kind = type(object)
    if kind is dict or kind is list or kind is tuple or kind is set or kind is frozenset:
        return kind is dict or len(object) > 0
    if kind is str or kind is bytes or isinstance(object, bytearray):
        return len(object) > 0
    if isinstance(object, (Counter, OrderedDict, defaultdict, deque)):
        return len(object) > 0
    if rep.startswith(kind.__name__ + "(") and "=" in rep and not isinstance(object, tuple):
        raise NotImplementedError("pprint of what may be a dataclass wider than the line")
    return False


def _recursion(object: Any) -> str:
    return f"<Recursion on {type(object).__name__} with id={id(object)}>"


def _wrapped(value: bytes, width: int, allowance: int) -> list[str]:
    out: list[str] = []
    current = b""
    last = len(value) // 4 * 4
    for i in range(0, len(value), 4):
        part = value[i : i + 4]
        candidate = current + part
        if i == last:
            width -= allowance
        if len(repr(candidate)) > width:
            if current:
                out.append(repr(current))
            current = part
        else:
            current = candidate
    if current:
        out.append(repr(current))
    return out

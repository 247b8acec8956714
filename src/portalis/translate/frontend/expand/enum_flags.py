"""`class Mode(Flag)`, `class Mode(IntFlag)`: members that combine.

Source: CPython's Lib/enum.py (3.11), `Flag`. A combination is made when it is first asked
for and kept, so that the same one is the same object. A member of several bits must be made
of members of one bit each.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping

MADE = "_portalis_made"
COMPOSED = "_portalis_composed"

_OPERATORS = (("or", "|"), ("and", "&"), ("xor", "^"))
_FOLDED: dict[type[ast.operator], Callable[[int, int], int | None]] = {
    ast.BitOr: lambda a, b: a | b,
    ast.BitAnd: lambda a, b: a & b,
    ast.BitXor: lambda a, b: a ^ b,
    ast.LShift: lambda a, b: a << b if b < _MOST_BITS else None,
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
}
_MOST_BITS = 64


def folded(node: ast.expr, known: Mapping[str, object]) -> int | None:
    """The number that an expression of earlier members is; None: not known here."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.Name):
        value = known.get(node.id)
        return value if isinstance(value, int) else None
    if isinstance(node, ast.BinOp) and type(node.op) in _FOLDED:
        left, right = folded(node.left, known), folded(node.right, known)
        if left is None or right is None or min(left, right) < 0:
            return None
        return _FOLDED[type(node.op)](left, right)
    return None


def following(values: list[object]) -> int | None:
    """What `auto()` gives after `values`."""
    numbers = [v for v in values if type(v) is int]
    if len(numbers) != len(values) or any(n < 0 for n in numbers):
        return None
    return 1 << max((n.bit_length() for n in numbers), default=0)


def is_canonical(value: object) -> bool:
    """A member of one bit: what iteration gives."""
    return type(value) is int and value > 0 and value & (value - 1) == 0


def composable(values: list[object]) -> bool:
    """Whether the members of several bits are made of the others."""
    if not all(type(v) is int and v >= 0 for v in values):
        return False
    singles = _union(v for v in values if is_canonical(v))
    return all(isinstance(v, int) and v & ~singles == 0 for v in values)


def _union(values: Iterator[object]) -> int:
    out = 0
    for value in values:
        assert isinstance(value, int)
        out |= value
    return out


def methods(
    name: str, values: list[object], members: str, is_int: bool
) -> Iterator[tuple[str, str]]:
    """Names and texts of what the class of such members has; `members` lists those of one bit."""
    mask = _union(iter(values))
    number = (
        ""
        if not is_int
        else (
            "    if isinstance(other, int):\n"
            f"        return {name}.{COMPOSED}(self.value {{0}} other)\n"
        )
    )
    for word, sign in _OPERATORS:
        for dunder in (f"__{word}__", f"__r{word}__"):
            yield (
                dunder,
                (
                    f"def {dunder}(self, other):\n    if isinstance(other, {name}):\n"
                    f"        return {name}.{COMPOSED}(self.value {sign} other.value)\n"
                    f"{number.format(sign)}    return NotImplemented"
                ),
            )
    inverted = "~self.value" if is_int else f"{mask} & ~self.value"
    yield "__invert__", f"def __invert__(self):\n    return {name}.{COMPOSED}({inverted})"
    yield "__bool__", "def __bool__(self):\n    return self.value != 0"
    yield "__len__", "def __len__(self):\n    return self.value.bit_count()"
    yield (
        "__iter__",
        (
            f"def __iter__(self):\n"
            f"    return iter([m for m in {name}.{members} if m.value & self.value])"
        ),
    )
    yield (
        "__contains__",
        (
            f"def __contains__(self, other):\n    if isinstance(other, {name}):\n"
            f"        return other.value & self.value == other.value\n"
            f'    kinds = f"{{type(other).__qualname__!r}} and {name!r}"\n'
            f"    raise TypeError(f\"unsupported operand type(s) for 'in': {{kinds}}\")"
        ),
    )
    yield (
        "__repr__",
        (
            "def __repr__(self):\n    if self.name is None:\n"
            f"        return f'<{name}: {{self.value!r}}>'\n"
            f"    return f'<{name}.{{self.name}}: {{self.value!r}}>'"
        ),
    )
    yield (
        "__str__",
        "def __str__(self):\n    return str(self.value)"
        if is_int
        else (
            "def __str__(self):\n    if self.name is None:\n"
            f"        return f'{name}({{self.value!r}})'\n    return f'{name}.{{self.name}}'"
        ),
    )
    yield COMPOSED, _composed(name, mask, members, is_int)


def _composed(name: str, mask: int, members: str, is_int: bool) -> str:
    """The member of a value: the one that there is, or a new one."""
    every = (1 << mask.bit_length()) - 1
    outside = f"not {~every} <= value <= {every} or value & {every ^ mask}"
    if is_int:
        checked = (
            f"    if value < 0 and ({outside}):\n"
            f"        value += max({every + 1}, 2 ** value.bit_length())\n"
        )
    else:
        checked = f"    if {outside}:\n        raise ValueError({name}.{COMPOSED}_error(value))\n"
    unknown = (
        f"    rest = value & ~{mask}\n    if rest:\n        text += f'|{{rest}}'\n"
        if is_int
        else ""
    )
    text = (
        f"@staticmethod\ndef {COMPOSED}(value):\n{checked}"
        f"    if value < 0:\n        value += {every + 1}\n"
        f"    for member in {name}.{MADE}:\n        if member.value == value:\n"
        f"            return member\n"
        f"    if not value & {mask}:\n        made = {name}(None, value)\n"
        f"        {name}.{MADE}.append(made)\n        return made\n"
        f"    text = '|'.join([m.name for m in {name}.{members} if m.value & value])\n{unknown}"
        f"    made = {name}(text, value)\n    {name}.{MADE}.append(made)\n    return made"
    )
    if is_int:
        return text
    width = mask.bit_length()
    return text + (
        f"\n@staticmethod\ndef {COMPOSED}_error(value):\n"
        f"    width = max(value.bit_length(), {width})\n"
        f"    if value < 0:\n        shown = f'0b1 {{(1 << width) + value:0{{width}}b}}'\n"
        f"    else:\n        shown = f'0b0 {{value:0{{width}}b}}'\n"
        f'    return (f"<flag {name!r}> invalid value {{value!r}}\\n    given {{shown}}\\n"\n'
        f'            f"  allowed 0b0 {{{mask}:0{{width}}b}}")'
    )

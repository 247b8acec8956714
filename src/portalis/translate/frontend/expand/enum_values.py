"""`class Shade(str, Enum)`: what a member can do because its value is a text or a number.

The member compares, hashes, computes and answers as its value does.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from portalis.translate.frontend.expand.unit import Unit

_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "truediv", ast.FloorDiv: "floordiv",
    ast.Mod: "mod", ast.Pow: "pow", ast.LShift: "lshift", ast.RShift: "rshift",
    ast.BitAnd: "and", ast.BitOr: "or", ast.BitXor: "xor",
}  # fmt: skip
_SIGNS = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**",
    "lshift": "<<", "rshift": ">>", "and": "&", "or": "|", "xor": "^",
}  # fmt: skip
_UNARY: dict[type[ast.unaryop], tuple[str, str]] = {
    ast.USub: ("neg", "-"),
    ast.UAdd: ("pos", "+"),
    ast.Invert: ("invert", "~"),
}
_ORDER = (("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">="))

# Parameters with their defaults → the methods that take them.
_STR_METHODS = {
    "": """capitalize casefold isalnum isalpha isascii isdecimal isdigit isidentifier islower
    isnumeric isprintable isspace istitle isupper lower swapcase title upper""",
    "width, fillchar=' '": "center ljust rjust",
    "width": "zfill",
    "encoding='utf-8', errors='strict'": "encode",
    "tabsize=8": "expandtabs",
    "sub, start=None, end=None": "find rfind index rindex count",
    "prefix, start=None, end=None": "startswith endswith",
    "iterable": "join",
    "sep": "partition rpartition",
    "prefix": "removeprefix removesuffix",
    "old, new, count=-1": "replace",
    "sep=None, maxsplit=-1": "split rsplit",
    "keepends=False": "splitlines",
    "chars=None": "strip lstrip rstrip",
    "table": "translate",
}
_INT_METHODS = {
    "": "bit_length bit_count conjugate as_integer_ratio",
    "length=1, byteorder='big'": "to_bytes",
}
_METHODS = {
    mixin: {name: params for params, names in table.items() for name in names.split()}
    for mixin, table in (("str", _STR_METHODS), ("int", _INT_METHODS))
}
_INT_PARTS = frozenset(("real", "imag", "numerator", "denominator"))
_INT_BUILTINS = {
    "abs": ("__abs__", "", "abs(self.value)"),
    "float": ("__float__", "", "float(self.value)"),
    "round": ("__round__", ", ndigits=None", "round(self.value, ndigits)"),
    "divmod": ("__divmod__", ", other", "divmod(self.value, other)"),
}


def mixed_in(unit: Unit, name: str, mixin: str, own: set[str]) -> Iterator[str]:
    """The methods of the enum `name` that its members have from their values; `own`: what
    it defines itself. Only what some module of the program may use is written."""
    for method, text in (*_compared(name), *_USED[mixin](unit, name)):
        if method not in own:
            yield text
    asked = {attr for each in unit.units.values() for attr in each.attributes()} - own
    for method in sorted(asked & _METHODS[mixin].keys()):
        params = _METHODS[mixin][method]
        given = ", ".join(part.partition("=")[0].strip() for part in params.split(","))
        more = f", {params}" if params else ""
        yield f"def {method}(self{more}):\n    return self.value.{method}({given})"
    for part in sorted(asked & _INT_PARTS) if mixin == "int" else ():
        yield f"@property\ndef {part}(self):\n    return self.value.{part}"


def _compared(name: str) -> Iterator[tuple[str, str]]:
    yield (
        "__eq__",
        f"def __eq__(self, other):\n    if isinstance(other, {name}):\n"
        f"        return self is other\n    return self.value == other",
    )
    yield "__hash__", "def __hash__(self):\n    return hash(self.value)"
    for dunder, sign in _ORDER:
        yield _with_other(name, f"__{dunder}__", sign)


def _with_other(name: str, method: str, sign: str) -> tuple[str, str]:
    return method, (
        f"def {method}(self, other):\n    if isinstance(other, {name}):\n"
        f"        return self.value {sign} other.value\n"
        f"    return self.value {sign} other"
    )


def _number(unit: Unit, name: str) -> Iterator[tuple[str, str]]:
    yield "__int__", "def __int__(self):\n    return self.value"
    yield "__index__", "def __index__(self):\n    return self.value"
    yield "__bool__", "def __bool__(self):\n    return self.value != 0"
    every = unit.units.values()
    called = frozenset[str]().union(*(u.nodes.named() for u in every))
    used = _operators(unit) | ({ast.Add} if "sum" in called else set())
    for kind, word in _OPERATORS.items():
        if kind in used:
            yield _with_other(name, f"__{word}__", _SIGNS[word])
            reflected = f"def __r{word}__(self, other):\n    return other {_SIGNS[word]} self.value"
            yield f"__r{word}__", reflected
    signs = {type(n.op) for u in every for n in u.every(ast.UnaryOp)}
    for unary, (word, sign) in _UNARY.items():
        if unary in signs:
            yield f"__{word}__", f"def __{word}__(self):\n    return {sign}self.value"
    for builtin, (method, params, value) in _INT_BUILTINS.items():
        if builtin in called:
            yield method, f"def {method}(self{params}):\n    return {value}"


def _text(unit: Unit, name: str) -> Iterator[tuple[str, str]]:
    yield "__len__", "def __len__(self):\n    return len(self.value)"
    yield "__iter__", "def __iter__(self):\n    return iter(self.value)"
    yield "__getitem__", "def __getitem__(self, index):\n    return self.value[index]"
    yield (
        "__contains__",
        f"def __contains__(self, other):\n    if isinstance(other, {name}):\n"
        f"        return other.value in self.value\n    return other in self.value",
    )
    used = _operators(unit)
    if ast.Add in used:
        other = f"other.value if isinstance(other, {name}) else other"
        yield "__add__", f"def __add__(self, other):\n    return self.value + ({other})"
        yield "__radd__", "def __radd__(self, other):\n    return other + self.value"
    if ast.Mult in used:
        yield "__mul__", "def __mul__(self, other):\n    return self.value * other"
        yield "__rmul__", "def __rmul__(self, other):\n    return other * self.value"


def _operators(unit: Unit) -> set[type[ast.operator]]:
    """The binary operators that some module of the program uses."""
    every = unit.units.values()
    used = {type(n.op) for u in every for n in u.every(ast.BinOp)}
    return used | {type(n.op) for u in every for n in u.every(ast.AugAssign)}


_USED = {"int": _number, "str": _text}

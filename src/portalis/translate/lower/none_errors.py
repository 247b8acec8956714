"""What operations raise that are given None where a row wants something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from portalis.translate.frontend.lattice import Ty

_NO_INTEGER = "'NoneType' object cannot be interpreted as an integer"
_NO_NUMBER = "must be real number, not NoneType"
_NOT_ITERABLE = "'NoneType' object is not iterable"
_NO_TEXT = "must be str, not NoneType"
_NO_PREFIX = "{} first arg must be str or a tuple of str, not NoneType"

# By builtin: of the first argument, and of those after it.
_BUILTINS: dict[str, tuple[str, str]] = {
    "len": ("object of type 'NoneType' has no len()", ""),
    "abs": ("bad operand type for abs(): 'NoneType'", ""),
    "int": (
        "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
        _NO_INTEGER,
    ),
    "float": ("float() argument must be a string or a real number, not 'NoneType'", ""),
    "round": ("type NoneType doesn't define __round__ method", _NO_INTEGER),
    "ord": ("ord() expected string of length 1, but NoneType found", ""),
    "reversed": ("'NoneType' object is not reversible", ""),
    "enumerate": (_NOT_ITERABLE, _NO_INTEGER),
    "math.trunc": ("type NoneType doesn't define __trunc__ method", ""),
}
_OF_INTEGERS = frozenset(
    """chr bin hex oct range math.gcd math.lcm math.factorial math.comb math.perm
    math.isqrt""".split()
)

# By method: of the arguments after the receiver.
_METHODS: dict[str, str] = {
    **dict.fromkeys(
        """str.count str.find str.rfind str.index str.rindex str.partition str.rpartition
        str.__contains__""".split(),
        _NO_TEXT,
    ),
    **dict.fromkeys(
        """str.ljust str.rjust str.center str.zfill list.insert list.pop deque.rotate
        deque.insert int.to_bytes""".split(),
        _NO_INTEGER,
    ),
    **dict.fromkeys(
        """list.extend set.update set.union set.intersection set.difference
        set.symmetric_difference set.issubset set.issuperset set.isdisjoint deque.extend
        deque.extendleft dict.update""".split(),
        _NOT_ITERABLE,
    ),
    "str.startswith": _NO_PREFIX.format("startswith"),
    "str.endswith": _NO_PREFIX.format("endswith"),
    "str.removeprefix": "removeprefix() argument must be str, not None",
    "str.removesuffix": "removesuffix() argument must be str, not None",
    "str.join": "can only join an iterable",
}

_NO_INDEX = {
    "str": "string indices must be integers, not 'NoneType'",
    "bytes": "byte indices must be integers or slices, not NoneType",
}
_SEQUENCES = frozenset(("str", "list", "tuple", "bytes"))
_UNARY_SIGNS = {"neg": "-", "pos": "+", "invert": "~"}
_SHOWN_SIGNS = {
    "**": "** or pow()", "**nonneg": "** or pow()", "pow": "** or pow()", "divmod": "divmod()"
}  # fmt: skip
_OF_NONE = {
    "getitem": "'NoneType' object is not subscriptable",
    "getslice": "'NoneType' object is not subscriptable",
    "setitem": "'NoneType' object does not support item assignment",
    "setslice": "'NoneType' object does not support item assignment",
    "in": "argument of type 'NoneType' is not iterable",
}


# The error, as Rust, for the argument at a position.
OnNone = Callable[[int], str]


def _raised(text: str) -> str:
    return f'Exc::type_error("{text}")'


def of_builtin(name: str) -> OnNone:
    return lambda position: _raised(_builtin(name, position))


def _builtin(name: str, position: int) -> str:
    found = _BUILTINS.get(name)
    if found is not None:
        return found[min(position, 1)] or found[0]
    if name in _OF_INTEGERS:
        return _NO_INTEGER
    if name.startswith("math.") and name not in ("math.fsum", "math.prod"):
        return _NO_NUMBER
    return _NOT_ITERABLE


def of_method(name: str) -> OnNone:
    """The receiver counts as a position."""

    def error(position: int) -> str:
        if name == "str.replace" and position < 3:
            return _raised(f"replace() argument {position} must be str, not None")
        return _raised(_METHODS.get(name, f"{name}: an argument is None"))

    return error


def of_operator(op: str, names: Sequence[str], optional: Sequence[bool]) -> OnNone:
    """`names`: of the operands' types; `optional`: which of them may be None."""

    def error(position: int) -> str:
        if op in ("getitem", "setitem") and position == 1:
            default = f"{names[0]} indices must be integers or slices, not NoneType"
            return _raised(_NO_INDEX.get(names[0], default))
        # Those before the position were asked before.
        shown = [
            "NoneType" if is_none and i >= position else name
            for i, (name, is_none) in enumerate(zip(names, optional, strict=True))
        ]
        return _raised(_of_operands(op, shown))

    return error


def _of_operands(op: str, shown: Sequence[str]) -> str:
    if op in _OF_NONE:
        return _OF_NONE[op]
    first, last = shown[0], shown[-1]
    if op in _UNARY_SIGNS:
        return f"bad operand type for unary {_UNARY_SIGNS[op]}: 'NoneType'"
    if op in ("==", "!=", "<", "<=", ">", ">="):
        return f"'{op}' not supported between instances of '{first}' and '{last}'"
    if op in ("+", "+=") and first in ("str", "list", "tuple") and first != last:
        return f'can only concatenate {first} (not \\"{last}\\") to {first}'
    if op in ("*", "*=") and {first, last} & _SEQUENCES and len(shown) == 2:
        return "can't multiply sequence by non-int of type 'NoneType'"
    sign = _SHOWN_SIGNS.get(op, op)
    return f"unsupported operand type(s) for {sign}: '{first}' and '{last}'"


def silent(_: int) -> str:
    """No error of its own: None was excluded."""
    return ""


def of_item(name: str, item: Ty) -> str:
    """Of an item of what the operation walks; `item`: what it should be."""
    sign = {"sum": "+", "math.prod": "*"}.get(name)
    if sign is not None:
        have = "float" if item.kind == "float" else "int"
        return _raised(f"unsupported operand type(s) for {sign}: '{have}' and 'NoneType'")
    if name == "math.fsum":
        return _raised(_NO_NUMBER)
    return _raised(_NO_INTEGER if item.kind == "int" else f"{name}: an item is None")

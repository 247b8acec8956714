"""Static types: what inference decides, what Rust holds.

A `Type` is immutable and compares by structure. `KINDS` has one row a kind with
every facet that a stage asks for; nothing else in the compiler tests kinds for
what a facet says.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of type.

    rust: the Rust type, with `{0}` … for arguments and `{*}` for all of them.
    python: what `type(x).__name__` says; empty where only the value knows.
    copy: Rust `Copy`, so never cloned.
    handle: a mutable object shared by reference; identity matters.
    items: the position of the argument that iteration yields; -1: not iterable
        or not by an argument (`str` yields `str`, `range` yields `int`).
    """

    name: str
    rust: str
    python: str = ""
    copy: bool = False
    handle: bool = False
    items: int = -1


KINDS: dict[str, Kind] = {
    k.name: k
    for k in (
        Kind("never", "Never"),
        Kind("none", "()", "NoneType", copy=True),
        Kind("bool", "bool", "bool", copy=True),
        # An int proven to stay within 64 bits: a representation, same meaning as `int`.
        Kind("i64", "i64", "int", copy=True),
        # One within an expression that stays within 128 bits: never what a local holds.
        Kind("wide", "i128", "int", copy=True),
        Kind("int", "Int", "int"),
        Kind("float", "f64", "float", copy=True),
        # A slot that holds ints at one time and floats at another: `x: float = 3` prints 3.
        Kind("num", "Num"),
        Kind("complex", "Complex", "complex", copy=True),
        Kind("str", "Str", "str"),
        Kind("bytes", "Bytes", "bytes"),
        Kind("bytearray", "ByteArray", "bytearray", handle=True),
        Kind("list", "List<{0}>", "list", handle=True, items=0),
        Kind("set", "Set<{0}>", "set", handle=True, items=0),
        # A set of ints that is only counted: nothing sees its order.
        Kind("distinct", "Distinct", "set"),
        Kind("frozenset", "FrozenSet<{0}>", "frozenset", items=0),
        Kind("dict", "Dict<{0}, {1}>", "dict", handle=True, items=0),
        # Live views of a dict; items are the pairs `tuple[K, V]`, so no argument is.
        Kind("dict_keys", "DictKeys<{0}, {1}>", "dict_keys", handle=True, items=0),
        Kind("dict_values", "DictValues<{0}, {1}>", "dict_values", handle=True, items=1),
        Kind("dict_items", "DictItems<{0}, {1}>", "dict_items", handle=True),
        Kind("deque", "Deque<{0}>", "deque", handle=True, items=0),
        Kind("tuple", "({*},)", "tuple"),
        Kind("vartuple", "Tuple<{0}>", "tuple", items=0),
        Kind("opt", "Option<{0}>"),
        # Any iterator object: generators, map, zip, iter(...).
        Kind("iter", "Iter<{0}>", handle=True, items=0),
        Kind("range", "Range", "range"),
        Kind("slice", "Slice", "slice"),
        # A callable: arguments are the parameters, the last one the result.
        Kind("func", "Func<{params}, {result}>", "function", handle=True),
        Kind("inst", "{name}", handle=True),
        # One of several hierarchies of the program: its arguments, by name.
        Kind("union", "{name}", handle=True),
        Kind("exc", "Exc", handle=True),
        # Objects of library classes.
        Kind("rng", "Random", "Random", handle=True),
        # A compiled pattern: what its findall lists, what its split lists.
        Kind("re_pattern", "Pattern<{0}, {1}>", "Pattern", handle=True),
        Kind("re_match", "Match", "Match", handle=True),
        Kind("hasher", "HashObject", "HASH", handle=True),
        # What a decimal is made of; never seen by programs.
        Kind("decimal_number", "stdlib::decimal::Number", "Number"),
        # One class of the program, known now; several that meet are a `value`.
        Kind("class", "ClassRef", "type", copy=True),
        # `array.array`, by what its items are kept as.
        Kind("array_float", "Array<f64>", "array.array", handle=True),
        Kind("array_int", "Array<i64>", "array.array", handle=True),
        Kind("array_word", "Array<Int>", "array.array", handle=True),
        Kind("array_str", "Array<Str>", "array.array", handle=True),
        Kind("value", "Value"),
    )
}


# In what the runtime finds code of the program: methods, functions, bodies of generators.
CODE_HOLDERS = frozenset(("value", "inst", "union", "func", "iter", "exc"))


@dataclass(frozen=True, slots=True)
class Type:
    kind: str
    args: tuple[Type, ...] = ()
    name: str = ""
    # A container or object that has no handle: one variable holds it, and nothing clones it.
    is_owned: bool = False

    def __str__(self) -> str:
        if self.kind == "inst":
            return self.name
        if self.kind == "union":
            return " | ".join(map(str, self.args))
        if self.kind == "opt":
            return f"{self.args[0]}?"
        if self.kind == "func":
            return f"fn({', '.join(map(str, self.args[:-1]))}) -> {self.args[-1]}"
        return f"{self.kind}[{', '.join(map(str, self.args))}]" if self.args else self.kind

    @property
    def facets(self) -> Kind:
        return KINDS[self.kind]

    @property
    def is_copy(self) -> bool:
        """Rust `Copy`: never cloned, never moved away."""
        if self.kind in ("tuple", "opt"):
            return all(a.is_copy for a in self.args)
        return self.facets.copy

    def owned(self) -> Type:
        return Type(self.kind, self.args, self.name, True)

    def shared(self) -> Type:
        """The same with handles."""
        return Type(self.kind, self.args, self.name) if self.is_owned else self

    @property
    def holds_code(self) -> bool:
        """It is or holds something in which the runtime finds code of the program."""
        return self.kind in CODE_HOLDERS or any(a.holds_code for a in self.args)


NEVER = Type("never")
NONE = Type("none")
BOOL = Type("bool")
I64 = Type("i64")
WIDE = Type("wide")
INT = Type("int")
FLOAT = Type("float")
NUM = Type("num")
COMPLEX = Type("complex")
STR = Type("str")
BYTES = Type("bytes")
BYTEARRAY = Type("bytearray")
RANGE = Type("range")
SLICE = Type("slice")
EXC = Type("exc")
VALUE = Type("value")


def list_of(item: Type) -> Type:
    return Type("list", (item,))


def set_of(item: Type) -> Type:
    return Type("set", (item,))


def dict_of(key: Type, item: Type) -> Type:
    return Type("dict", (key, item))


def tuple_of(*items: Type) -> Type:
    return Type("tuple", items)


def opt_of(inner: Type) -> Type:
    return inner if inner.kind in ("opt", "value", "none", "never") else Type("opt", (inner,))


def iter_of(item: Type) -> Type:
    return Type("iter", (item,))


def func_of(params: tuple[Type, ...], result: Type) -> Type:
    return Type("func", (*params, result))


def inst_of(name: str) -> Type:
    return Type("inst", (), name)

"""Operations on `value`: what the compiler falls back to where types are not known.

The tables map Python's operators to functions of `dynamic`; operands are passed as
`&Value` in Python's order unless the comment says otherwise, all are fallible.
"""

from __future__ import annotations

from portalis.translate.rows.row import Row

# (&a, &b) -> Result<Value>
DYNAMIC_BINOPS: dict[str, str] = {
    "+": "dynamic::add",
    "-": "dynamic::sub",
    "*": "dynamic::mul",
    "@": "dynamic::matmul",
    "/": "dynamic::truediv",
    "//": "dynamic::floordiv",
    "%": "dynamic::pymod",
    "**": "dynamic::pow",
    "<<": "dynamic::lshift",
    ">>": "dynamic::rshift",
    "&": "dynamic::bitand",
    "|": "dynamic::bitor",
    "^": "dynamic::bitxor",
}

# (&a, &b) -> Result<Value>: the value to bind to the target. For `+=` on a variable
# `dynamic::add_assign(&mut a, &b) -> Result<()>` grows strings in place.
DYNAMIC_INPLACE: dict[str, str] = {
    "+=": "dynamic::iadd",
    "-=": "dynamic::isub",
    "*=": "dynamic::imul",
    "@=": "dynamic::imatmul",
    "/=": "dynamic::itruediv",
    "//=": "dynamic::ifloordiv",
    "%=": "dynamic::imod",
    "**=": "dynamic::ipow",
    "<<=": "dynamic::ilshift",
    ">>=": "dynamic::irshift",
    "&=": "dynamic::iand",
    "|=": "dynamic::ior",
    "^=": "dynamic::ixor",
}

# (&a) -> Result<Value>
DYNAMIC_UNARY: dict[str, str] = {
    "neg": "dynamic::neg",
    "pos": "dynamic::pos",
    "invert": "dynamic::invert",
}

# (&a, &b) -> Result<Value>: what the dunder gives, which need not be a bool.
DYNAMIC_COMPARES: dict[str, str] = {
    "==": "dynamic::eq",
    "!=": "dynamic::ne",
    "<": "dynamic::lt",
    "<=": "dynamic::le",
    ">": "dynamic::gt",
    ">=": "dynamic::ge",
}

# (&a, &b) -> Result<bool>: for conditions, and where no operand can be a user's object.
DYNAMIC_TESTS: dict[str, str] = {
    "==": "dynamic::equal",
    "!=": "dynamic::not_equal",
    "<": "dynamic::test_lt",
    "<=": "dynamic::test_le",
    ">": "dynamic::test_gt",
    ">=": "dynamic::test_ge",
}

# The rest, with their Rust signatures.
DYNAMIC_OTHER: dict[str, str] = {
    "truth": "dynamic::truth",  # (&v) -> Result<bool>
    "contains": "dynamic::contains",  # (&container, &item) -> Result<bool>
    "getitem": "dynamic::getitem",  # (&v, &key) -> Result<Value>
    "setitem": "dynamic::setitem",  # (&v, key, value) -> Result<()>
    "delitem": "dynamic::delitem",  # (&v, &key) -> Result<()>
    "slice": "dynamic::make_slice",  # (&start, &stop, &step) -> Result<Value>
    "getslice": "dynamic::getslice",  # (&v, &start, &stop, &step) -> Result<Value>
    "len": "dynamic::len",  # (&v) -> Result<i64>
    "type_of": "dynamic::type_of",  # (&v) -> Value
    "iter": "dynamic::iter",  # (&v) -> Result<impl Iterator<Item = Result<Value>>>
    "items": "dynamic::items",  # (&v) -> Result<Vec<Value>>
    "next": "dynamic::next",  # (&v) -> Result<Value>
    "call": "dynamic::call",  # (&callee, Args) -> Result<Value>
    "call_method": "dynamic::call_method",  # (&v, "name", Args) -> Result<Value>
    "call_builtin": "dynamic::call_builtin",  # ("name", Args) -> Result<Value>
    "builtin": "dynamic::builtin",  # ("name") -> Option<Value>: `len` as a value
    "get_attr": "dynamic::get_attr",  # (&v, "name") -> Result<Value>
    "set_attr": "dynamic::set_attr",  # (&v, "name", value) -> Result<()>
    "del_attr": "dynamic::del_attr",  # (&v, "name") -> Result<()>
    "unpack": "dynamic::unpack",  # ::<N>(&v) -> Result<[Value; N]>
    # (&v, before, after) -> Result<(Vec<Value>, Vec<Value>, Vec<Value>)>
    "unpack_star": "dynamic::unpack_star",
    "unpack_exact": "dynamic::unpack_exact",  # ::<_, N>(items), the same for any typed walk
    "unpack_star_exact": "dynamic::unpack_star_exact",
}

# Rust statics of built-in types by Python name, for `isinstance`, `type(x) is …` and
# classes as values (`Value::Class(&classes::INT)`).
BUILTIN_CLASSES: dict[str, str] = {
    "object": "classes::OBJECT",
    "type": "classes::TYPE",
    "int": "classes::INT",
    "bool": "classes::BOOL",
    "float": "classes::FLOAT",
    "complex": "classes::COMPLEX",
    "str": "classes::STR",
    "bytes": "classes::BYTES",
    "bytearray": "classes::BYTEARRAY",
    "list": "classes::LIST",
    "tuple": "classes::TUPLE",
    "dict": "classes::DICT",
    "set": "classes::SET",
    "frozenset": "classes::FROZENSET",
    "range": "classes::RANGE",
    "slice": "classes::SLICE",
    "enumerate": "classes::ENUMERATE",
    "zip": "classes::ZIP",
    "map": "classes::MAP",
    "filter": "classes::FILTER",
    "reversed": "classes::REVERSED",
}

# Classes of the library that `isinstance` knows, by their dotted paths.
LIBRARY_CLASSES: dict[str, str] = {
    "collections.Counter": "classes::COUNTER",
    "collections.OrderedDict": "classes::ORDERED_DICT",
    "collections.defaultdict": "classes::DEFAULTDICT",
    "collections.deque": "classes::DEQUE",
}

# Builtins that `dynamic::call_builtin` and `dynamic::builtin` know beside those classes.
DYNAMIC_BUILTINS: frozenset[str] = frozenset(
    ["abs", "all", "any", "ascii", "bin", "callable", "chr", "delattr", "divmod", "format", "getattr", "hasattr", "hash", "hex", "id", "input", "isinstance", "issubclass", "iter", "len", "max", "min", "next", "oct", "ord", "pow", "print", "repr", "round", "setattr", "sorted", "sum"]
)

ROWS: tuple[Row, ...] = (
    Row("id", "(x: any) -> int", "Int::from(builtins::id({x}))", pure=False),
    # `reprlib.recursive_repr` of what dataclasses define.
    Row("_portalis_show_once", "(x: &T, show: fn(T) -> str) -> str",
        "instance::show_once({x}, {show})", ("Exception",)),
    Row("hash", "(x: any) -> i64", "{x}.py_hash()", ("TypeError",)),
    Row("callable", "(x: any) -> bool", "builtins::callable({x})"),
    Row("type", "(x: any) -> value", "builtins::type_of({x})"),
    Row(
        "isinstance",
        "(x: any, classes: &value) -> bool",
        "classes::isinstance(&{x}.to_value(), {classes})",
        ("TypeError",),
    ),
    Row(
        "issubclass",
        "(cls: &value, classes: &value) -> bool",
        "classes::issubclass({cls}, {classes})",
        ("TypeError",),
    ),
    Row("value.__class__", "(self: &value) -> value", "builtins::type_of({self})"),
)

"""Rust identifiers for Python names."""

from __future__ import annotations

import re
from functools import cache

KEYWORDS = frozenset(
    [
        "as",
        "async",
        "await",
        "break",
        "const",
        "continue",
        "crate",
        "dyn",
        "else",
        "enum",
        "extern",
        "false",
        "fn",
        "for",
        "if",
        "impl",
        "in",
        "let",
        "loop",
        "match",
        "mod",
        "move",
        "mut",
        "pub",
        "ref",
        "return",
        "self",
        "Self",
        "static",
        "struct",
        "super",
        "trait",
        "true",
        "type",
        "unsafe",
        "use",
        "where",
        "while",
        "abstract",
        "become",
        "box",
        "do",
        "final",
        "macro",
        "override",
        "priv",
        "try",
        "typeof",
        "unsized",
        "virtual",
        "yield",
        "gen",
        "union",
    ]
)
# Functions and constants of the prelude that emitted code calls by name: a local of
# the same name would hide them.
RESERVED = frozenset(
    [
        "lit",
        "fstr",
        "print",
        "print_to",
        "print_strs",
        "input",
        "percent",
        "percent_map",
        "percent_value",
        "str_format",
        "store",
        "load",
        "bound",
        "bound_name",
        "shared",
        "shared_local",
        "shared_name",
        "attribute",
        "unpacked",
        "unpack_exact",
        "unpack_starred",
        "unpack_value",
        "unpack_value_starred",
        "unpack_args",
        "unpacked_rest",
        "known_keywords",
        "rest_args",
        "iter_next",
        "iter_sequence",
        "generator",
        "coroutine",
        "generator_at_once",
        "coroutine_at_once",
        "in_generator",
        "in_coroutine",
        "yielder",
        "refused",
        "raisable",
        "cast",
        "range_i64",
        "checked_range_i64",
        "enter_frame",
        "run_main",
        "made",
        "attempt",
        "class",
        "tr",
        "trf",
        "init",
        "main",
        "value",
        "error",
        "this",
        "is_instance",
        "is_any_instance",
        "is_any_subclass",
        "is_class",
        "call_spread",
        "call_method_spread",
        "setslice_value",
        "delslice_value",
        "class_value",
        "plain_exception_class",
        "bound_to_class",
        "unbound_method",
        "no_arguments",
        "Some",
        "Ok",
        "Err",
        "checked_len",
    ]
)

# What every instance has in Rust: a Python method of such a name gets another.
METHODS = frozenset(
    """new alloc clone address args_str as_any bool_method call_method call_named class class_of
    copied copy_object deep definer del_attr eq_method exception_args field field_names from_value
    ge_method get_attr gt_method has_eq has_named hash_method identity le_method len_method
    lt_method ne_method repr_method set_args set_attr set_field shallow show str_method to_exc
    to_value""".split()
)


_WORD_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@cache
def snake_case(name: str) -> str:
    """`getHTTPHeader` as `get_http_header`; underscores at the ends stay."""
    return _WORD_BORDER.sub("_", name).lower()


# The name of a local that is its method's receiver.
RECEIVER = "self.receiver"


@cache
def rust_identifier(name: str) -> str:
    """A Rust identifier; Python allows all that Rust allows but the keywords."""
    if name == RECEIVER:
        return "self"
    if name in KEYWORDS or name in RESERVED or name.strip("_") == "":
        return f"{name}_"
    return name


def rust_method(name: str) -> str:
    """A Rust name for a Python method, beside those that instances have already."""
    return f"{name}_" if name in METHODS or name.startswith("py_") else rust_identifier(name)

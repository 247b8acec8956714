"""Python names as Rust paths."""

from __future__ import annotations

from portalis.translate.frontend.program import Class, Function, Variable

KEYWORDS = frozenset(
    """as async await break const continue crate dyn else enum extern false fn for if impl in let
    loop match mod move mut pub ref return self Self static struct super trait true type unsafe use
    where while abstract become box do final macro override priv try typeof unsized virtual yield
    gen union""".split()
)
# Names of the prelude and of emitted code that a local must not hide.
RESERVED = frozenset(("main", "this", "init", "portalis_runtime", "std", "core", "alloc", "lit", "int"))


def rust_identifier(name: str) -> str:
    """A Rust identifier for a Python one; non-ASCII letters are kept where Rust allows them."""
    if name in KEYWORDS or name in RESERVED or name == "_":
        return f"{name}_"
    return name


def function_path(function: Function) -> str:
    return f"{function.module.rust_name}::{function.rust_name}"


def class_path(cls: Class) -> str:
    return f"{cls.module.rust_name}::{cls.rust_name}"


def static_path(cls: Class) -> str:
    """The class descriptor."""
    return f"{cls.module.rust_name}::{static_name(cls.rust_name)}"


def static_name(name: str) -> str:
    return f"{name.upper()}_CLASS"


def global_path(variable: Variable) -> str:
    assert variable.module is not None
    owner = variable.owner.cls if variable.owner is not None else None
    prefix = f"{owner.rust_name.upper()}_" if owner is not None else ""
    suffix = f"_{variable.index}" if variable.index else ""
    return f"{variable.module.rust_name}::{prefix}{variable.name.upper()}{suffix}_SLOT"

"""Python names as Rust paths."""

from __future__ import annotations

from portalis.translate.frontend.program import Class, Function, Variable
from portalis.translate.ir.names import rust_identifier, rust_method, snake_case

__all__ = [
    "class_path",
    "function_path",
    "global_path",
    "rust_identifier",
    "rust_method",
    "static_path",
]


def function_path(function: Function) -> str:
    return f"{function.module.rust_name}::{function.rust_name}"


def class_path(cls: Class) -> str:
    return f"{cls.module.rust_name}::{cls.rust_name}"


def static_path(cls: Class) -> str:
    """The class descriptor."""
    return f"{cls.module.rust_name}::{cls.static_name}"


def global_path(variable: Variable) -> str:
    module = variable.module
    assert module is not None
    owner = variable.owner.cls if variable.owner is not None else None
    if owner is None and not variable.index and variable.name in module.slots:
        return f"{module.rust_name}::{module.slots[variable.name]}"
    prefix = f"{snake_case(owner.rust_name).upper()}_" if owner is not None else ""
    suffix = f"_{variable.index}" if variable.index else ""
    return f"{module.rust_name}::{prefix}{variable.name.upper()}{suffix}_SLOT"

"""Python names as Rust paths."""

from __future__ import annotations

from portalis.translate.frontend.program import Class, Function, Variable
from portalis.translate.ir.names import rust_identifier, rust_method

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
    assert variable.module is not None
    return f"{variable.module.rust_name}::{variable.rust_name}"

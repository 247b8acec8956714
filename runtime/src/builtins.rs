//! Builtin functions that belong to no type.

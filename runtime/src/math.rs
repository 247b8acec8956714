//! The math module.

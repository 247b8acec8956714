//! The runtime that translated Python calls.
//!
//! Every Python value is a Rust type that implements [`Py`]. Immutable values
//! (`Int`, `f64`, `bool`, `Str`, tuples) are plain values that clone cheaply;
//! mutable ones (`List`, `Dict`, `Set`, instances) are shared handles, so an
//! alias in Python is an alias here. `Value` is the dynamic type: any of them,
//! with CPython's dispatch and messages. No borrow of a container's inside
//! outlives one runtime call, hence translated code can never panic on one.

pub mod prelude;

mod cell;
mod core;
mod exc;
mod func;
mod generator;
mod object;

pub use crate::cell::Slot;
pub use crate::core::{Class, Iterable, Py, Result};
pub use crate::exc::Exc;

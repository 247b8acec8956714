//! The runtime that translated Python calls.
//!
//! Every Python value is a Rust type that implements [`Py`]. Immutable values
//! (`Int`, `f64`, `bool`, `Str`, tuples) are plain values that clone cheaply;
//! mutable ones (`List`, `Dict`, `Set`, instances) are shared handles, so an
//! alias in Python is an alias here. `Value` is the dynamic type: any of them,
//! with CPython's dispatch and messages. No borrow of a container's inside
//! outlives one runtime call, hence translated code can never panic on one.

pub mod prelude;

pub mod alloc;
pub mod bigint;
pub mod builtins;
pub mod bytes;
pub mod cell;
mod class;
pub mod classes;
pub mod clock;
pub mod complex;
pub mod core;
pub mod dict;
pub mod dynamic;
pub mod entry;
pub mod exc;
pub mod fields;
pub mod float;
pub mod format;
pub mod func;
pub mod generator;
pub mod glue;
pub mod held;
pub mod instance;
pub mod int;
pub mod io;
pub mod iter;
pub mod list;
pub mod math;
pub mod none;
pub mod num;
pub mod object;
pub mod range;
pub mod set;
pub mod slice;
pub mod stdlib;
pub mod string;
pub mod suspended;
pub mod tuple;
pub mod union;
pub mod value;

pub use crate::cell::{Global, Plain, Slot};
pub use crate::complex::Complex;
pub use crate::core::{Class, Iterable, Py, Result};
pub use crate::dict::{Dict, DictItems, DictKeys, DictValues};
pub use crate::exc::Exc;
pub use crate::func::{DynFunc, Func};
pub use crate::generator::Iter;
pub use crate::int::Int;
pub use crate::iter::deque::Deque;
pub use crate::list::{List, OwnList};
pub use crate::num::Num;
pub use crate::object::{Args, Object};
pub use crate::range::Range;
pub use crate::set::{AnySet, FrozenSet, Set};
pub use crate::slice::Slice;
pub use crate::string::Str;
pub use crate::tuple::{EmptyTuple, Shape, Tuple, Uniform};
pub use crate::value::Value;

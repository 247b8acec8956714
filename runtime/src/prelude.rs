//! What a translated module imports.
pub use crate::core::{Format, Repr, Show, fstr};
pub use crate::exc::*;
pub use crate::func::{DynFunc, Func};
pub use crate::generator::{Iter, Yielder, generator};
pub use crate::object::{Args, Object};
pub use crate::{Class, Dict, Exc, FrozenSet, Int, Iterable, List, Py, Result, Set, Slot, Str, Tuple, Value};
pub use crate::iter;
pub use crate::range::{checked_range_i64, range_i64};
pub use crate::{AnySet, Deque, DictItems, DictKeys, DictValues, EmptyTuple, Range, Shape, Slice, Uniform};
